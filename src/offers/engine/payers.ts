import { split } from '#kernel/share';
import type { CounterUse, FundingPart } from './decision.ts';
import { sumOfUsage, windowKey } from './limit-room.ts';
import type { CompiledBenefit, CompiledPayer } from './offer.ts';
import type { Running } from './running.ts';

/** What a budget lacks for its part of a benefit. */
export interface Shortfall {
  readonly budget: string;
  readonly funderOrg: number | undefined;
  /** fen, above 0 */
  readonly missing: number;
}

/** What the payers give of an amount. */
export interface Paid {
  /** At most what was asked; 0 if they can give nothing. */
  readonly amount: number;
  /** Per payer; sums to `amount`. */
  readonly parts: readonly number[];
  /** Present if it is less than was asked: the payer who is short, and of what. */
  readonly tight?: Tight;
  /** Budgets that had less than their part, whoever paid it in the end. */
  readonly short?: readonly Shortfall[];
}

export interface Tight {
  readonly payer: number;
  readonly reason: 'payer_cap' | 'budget';
  /** fen that the payer can give, and would have to. */
  readonly actual: number;
  readonly required: number;
  readonly budget?: string;
}

/** fen that a payer can still give; `by` is what bounds it. */
interface Room {
  readonly most: number;
  readonly by: Tight['reason'];
}

/**
 * Divides an amount over the payers: fixed parts in their order, what they leave by largest remainder.
 * What a payer cannot give goes to those after it, or makes the benefit smaller so that every payer
 * keeps its proportion.
 */
export function paidBy(benefit: CompiledBenefit, amount: number, running: Running): Paid {
  const { payers } = benefit;
  const parts = partsOf(payers, amount);
  const rooms = payers.map((payer) => roomOf(payer, running));
  if (parts.every((part, at) => part <= rooms[at]!.most)) return { amount, parts };
  const short = shortIn(payers, parts, running);
  const passed = passOn(payers, parts, rooms);
  if (typeof passed !== 'number')
    return { amount, parts: passed, ...(short.length > 0 && { short }) };
  let most = mostOf(payers, amount, rooms);
  let fitting = passOn(payers, partsOf(payers, most), rooms);
  // Parts are whole fen: what fits in exact quotas can be a fen too much for one of them.
  while (most > 0 && typeof fitting === 'number')
    fitting = passOn(payers, partsOf(payers, --most), rooms);
  const { by, most: actual } = rooms[passed]!;
  const { budget } = payers[passed]!.payer;
  return {
    amount: most,
    parts: typeof fitting === 'number' ? payers.map(() => 0) : fitting,
    tight: {
      payer: passed,
      reason: by,
      actual,
      required: parts[passed]!,
      ...(by === 'budget' && budget !== undefined && { budget }),
    },
    ...(short.length > 0 && { short }),
  };
}

/** Fixed parts first; all else by weight. */
function partsOf(payers: readonly CompiledPayer[], amount: number): number[] {
  let rest = amount;
  const fixed = payers.map((payer) => {
    const part = Math.min(payer.fixed, rest);
    rest -= part;
    return part;
  });
  if (rest === amount)
    return split(
      amount,
      payers.map(({ weight }) => weight),
    );
  if (rest === 0) return fixed;
  const shares = split(
    rest,
    payers.map(({ weight }) => weight),
  );
  return fixed.map((part, at) => part + shares[at]!);
}

function roomOf({ payer, perSale, caps, key }: CompiledPayer, running: Running): Room {
  const { facts } = running;
  const paid = running.paid?.get(key) ?? 0;
  let most = perSale - paid;
  for (const cap of caps) {
    const used = sumOfUsage([`${key}:${windowKey(cap.window, facts.day)}`], facts).amount + paid;
    most = Math.min(most, cap.most - used);
  }
  let by: Room['by'] = 'payer_cap';
  if (payer.budget !== undefined) {
    const left = leftOf(payer.budget, running);
    if (left < most) [most, by] = [left, 'budget'];
  }
  return { most: Math.max(0, most), by };
}

function leftOf(budget: string, { facts, taken }: Running): number {
  return Math.max(0, (facts.budgets[budget] ?? 0) - (taken?.get(budget) ?? 0));
}

function shortIn(
  payers: readonly CompiledPayer[],
  parts: readonly number[],
  running: Running,
): Shortfall[] {
  return payers.flatMap(({ payer: { budget, funderOrg } }, at) => {
    const missing = budget === undefined ? 0 : parts[at]! - leftOf(budget, running);
    return budget === undefined || missing <= 0 ? [] : [{ budget, funderOrg, missing }];
  });
}

/** Hands what a payer cannot give to the next ones. @returns the parts, or the payer who is short */
function passOn(
  payers: readonly CompiledPayer[],
  parts: readonly number[],
  rooms: readonly Room[],
): number[] | number {
  const given: number[] = [];
  let passed = 0;
  let passer = 0;
  for (const [at, { passesOn }] of payers.entries()) {
    const asked = parts[at]! + passed;
    const { most } = rooms[at]!;
    passed = Math.max(0, asked - most);
    if (passed > 0) {
      if (!passesOn) return at;
      passer = at;
    }
    given.push(asked - passed);
  }
  return passed > 0 ? passer : given;
}

/** The largest amount that the payers can give if quotas need not be whole. */
function mostOf(payers: readonly CompiledPayer[], amount: number, rooms: readonly Room[]): number {
  let low = 0;
  let high = amount;
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (fits(payers, middle, rooms)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Counts in parts of a fen, so that every quota is whole; too large for doubles. */
function fits(payers: readonly CompiledPayer[], amount: number, rooms: readonly Room[]): boolean {
  const scale = BigInt(payers.reduce((sum, { weight }) => sum + weight, 0) || 1);
  let rest = amount;
  const fixed = payers.map((payer) => {
    const part = Math.min(payer.fixed, rest);
    rest -= part;
    return part;
  });
  let passed = 0n;
  for (const [at, { weight, passesOn }] of payers.entries()) {
    const asked = BigInt(fixed[at]!) * scale + BigInt(rest) * BigInt(weight) + passed;
    const { most } = rooms[at]!;
    const over = most === Infinity ? 0n : asked - BigInt(most) * scale;
    passed = over > 0n ? over : 0n;
    if (passed > 0n && !passesOn) return false;
  }
  return passed === 0n;
}

/** The parts that are not zero, with what the counters of capped payers are to add. */
export function fundingOf(
  { payers, solePayer }: CompiledBenefit,
  parts: readonly number[],
  { facts }: Running,
): { funding: FundingPart[]; uses: CounterUse[] } {
  if (solePayer) return { funding: [{ ...payers[0]!.payer, amount: parts[0]! }], uses: [] };
  const funding: FundingPart[] = [];
  const uses: CounterUse[] = [];
  payers.forEach(({ payer, caps, key }, at) => {
    const amount = parts[at]!;
    if (amount === 0) return;
    for (const { window } of caps)
      uses.push({
        key: `${key}:${windowKey(window, facts.day)}`,
        count: 0,
        amount,
        payer: funding.length,
      });
    funding.push({ ...payer, amount });
  });
  return { funding, uses };
}

/** The counters of payers' caps that a sale may read. */
export function payerKeys({ payers }: CompiledBenefit, day: string): string[] {
  return payers.flatMap(({ caps, key }) =>
    caps.map(({ window }) => `${key}:${windowKey(window, day)}`),
  );
}
