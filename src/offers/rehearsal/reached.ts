import { ratio } from '#kernel/share';

/** How much and how often each member got something, by the member's place in a list kept beside. */
export interface Reached {
  amounts: Float64Array;
  grants: Uint32Array;
  members: number;
  /** Grants to buyers without a membership, and what they got. */
  anonymousGrants: number;
  anonymousAmount: number;
  /** By the tier that the member had then. */
  readonly tiers: Map<string, TierReached>;
}

interface TierReached {
  members: number;
  grants: number;
  amount: number;
}

/** Who bought. */
export interface Buying {
  /** Place of the member in the caller's list; null for an anonymous buyer. */
  readonly member: number | null;
  readonly tier: string | null;
}

const PLACES_MIN = 1024;

export function nobodyReached(): Reached {
  return {
    amounts: new Float64Array(PLACES_MIN),
    grants: new Uint32Array(PLACES_MIN),
    members: 0,
    anonymousGrants: 0,
    anonymousAmount: 0,
    tiers: new Map(),
  };
}

/** Notes a sale and what it got. */
export function reach(reached: Reached, { member, tier }: Buying, amount: number): void {
  if (member === null) {
    reached.anonymousGrants++;
    reached.anonymousAmount += amount;
    return;
  }
  if (member >= reached.grants.length) grow(reached, member);
  const first = reached.grants[member] === 0;
  if (first) reached.members++;
  reached.grants[member]!++;
  reached.amounts[member]! += amount;
  if (tier === null) return;
  let sums = reached.tiers.get(tier);
  if (sums === undefined) reached.tiers.set(tier, (sums = { members: 0, grants: 0, amount: 0 }));
  if (first) sums.members++;
  sums.grants++;
  sums.amount += amount;
}

function grow(reached: Reached, member: number): void {
  const size = Math.max(member + 1, reached.grants.length * 2);
  const amounts = new Float64Array(size);
  const grants = new Uint32Array(size);
  amounts.set(reached.amounts);
  grants.set(reached.grants);
  reached.amounts = amounts;
  reached.grants = grants;
}

/** How what was granted is spread over the members who got anything. */
export interface Spread {
  readonly members: number;
  readonly anonymous_grants: number;
  readonly anonymous_amount: number;
  /** Members by the tier that they had at their first grant, what was granted by the tier of its moment. */
  readonly tiers: readonly { tier: string; members: number; grants: number; amount: number }[];
  /** Part of what members got that went to the tenth (hundredth) of them who got most, in ppm. */
  readonly top_tenth_ppm: number;
  readonly top_hundredth_ppm: number;
  /** What a member got: at most so much for half of them, for nine of ten, for 99 of 100, and the most. */
  readonly median: number;
  readonly p90: number;
  readonly p99: number;
  readonly most: number;
  /** How many members got it how often; `to` is null for no end. */
  readonly often: readonly { from: number; to: number | null; members: number; amount: number }[];
}

const OFTEN = [1, 2, 3, 6, 11, 21] as const;

export function spreadOf(reached: Reached): Spread {
  const amounts: number[] = [];
  const often = OFTEN.map((from, at) => {
    const next = OFTEN[at + 1];
    return { from, to: next === undefined ? null : next - 1, members: 0, amount: 0 };
  });
  for (const [member, grants] of reached.grants.entries()) {
    if (grants === 0) continue;
    const amount = reached.amounts[member] ?? 0;
    amounts.push(amount);
    const step = often.findLast(({ from }) => grants >= from)!;
    step.members++;
    step.amount += amount;
  }
  const sorted = Float64Array.from(amounts).sort();
  const total = sorted.reduce((sum, amount) => sum + amount, 0);
  const below = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const top = (parts: number) => {
    const most = sorted.subarray(sorted.length - Math.ceil(sorted.length / parts));
    const got = most.reduce((sum, amount) => sum + amount, 0);
    return total <= 0 ? 0 : ratio(1_000_000, got, total);
  };
  return {
    members: reached.members,
    anonymous_grants: reached.anonymousGrants,
    anonymous_amount: reached.anonymousAmount,
    tiers: [...reached.tiers].map(([tier, sums]) => ({ tier, ...sums })),
    top_tenth_ppm: top(10),
    top_hundredth_ppm: top(100),
    median: below(0.5),
    p90: below(0.9),
    p99: below(0.99),
    most: sorted.at(-1) ?? 0,
    often: often.filter(({ members }) => members > 0),
  };
}
