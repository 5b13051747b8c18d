import type { Facts } from './facts.ts';
import type { CompiledOffer, GroupRule, OfferSet } from './offer.ts';

/** Offers of a sale that cannot all be granted together. */
export interface Contest {
  /** In the set's order. */
  readonly contenders: readonly CompiledOffer[];
  readonly groups: ReadonlyMap<string, GroupRule>;
}

/** What a legal choice of contenders gives. */
export interface Trial {
  /** In the set's order. */
  readonly chosen: readonly CompiledOffer[];
  /** By rank of the offers granted anything: fen to the customer. */
  readonly worth: ReadonlyMap<number, number>;
}

const EXACT_MAX = 12;
const ROUNDS_MAX = 3;

/** The contenders among the offers that match a sale; null if all of them can be granted together. */
export function contestOf(offers: readonly CompiledOffer[], { groups }: OfferSet): Contest | null {
  let bound = 0;
  for (const { group, notWith } of offers) if (group !== null || notWith.size > 0) bound++;
  if (bound < 2) return null;
  const sizes = new Map<string, number>();
  const ranks = new Set<number>();
  for (const { group, rank } of offers) {
    ranks.add(rank);
    if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const contenders = offers.filter(
    ({ group, notWith }) =>
      (group !== null && sizes.get(group)! > groups.get(group)!.most) ||
      [...notWith].some((rank) => ranks.has(rank)),
  );
  return contenders.length < 2 ? null : { contenders, groups };
}

/** Whether some of the chosen keep the offer out. @returns the one that it loses to */
export function blockerOf(
  offer: CompiledOffer,
  chosen: readonly CompiledOffer[],
  groups: Contest['groups'],
): CompiledOffer | null {
  for (const other of chosen) if (offer.notWith.has(other.rank)) return other;
  if (offer.group === null) return null;
  const { pick, most } = groups.get(offer.group)!;
  const rivals = chosen.filter(
    ({ group, rank }) => group === offer.group && (pick !== 'first' || rank < offer.rank),
  );
  return rivals.length >= most ? rivals[0]! : null;
}

/**
 * The legal choice worth most to the customer. Legal: no two of the granted exclude each other, and who is
 * left out is kept out by somebody granted, or would give nothing. Every choice is tried up to 12
 * contenders; beyond, the best one after the other is taken, and what was left out is tried in place of
 * what keeps it out.
 * @param attempt decides the sale with these contenders
 */
export function bestChoice<T extends Trial>(
  contest: Contest,
  facts: Facts,
  attempt: (chosen: readonly CompiledOffer[]) => T,
): { readonly best: T; readonly tried: readonly T[] } {
  const tried: T[] = [];
  const run = (chosen: readonly CompiledOffer[]): T => {
    const trial = attempt(chosen);
    tried.push(trial);
    return trial;
  };
  const best =
    contest.contenders.length > EXACT_MAX
      ? searched(contest, facts, run)
      : exact(contest, facts, run);
  return { best, tried };
}

function exact<T extends Trial>(
  contest: Contest,
  facts: Facts,
  run: (chosen: readonly CompiledOffer[]) => T,
): T {
  const trials = choices(contest)
    .map(run)
    .filter((trial) => grantsOneOfEach(trial, contest))
    .toSorted((a, b) => (beats(a, b, facts) ? -1 : beats(b, a, facts) ? 1 : 0));
  const best = trials.find((trial) => isComplete(trial, contest, run)) ?? trials[0];
  if (best === undefined) throw new Error('offers that compete have no legal choice');
  return best;
}

/**
 * Choices to which nobody can be added. Of a group that takes the first, those before the one that may
 * win are chosen too, to see that they give nothing.
 */
function choices({ contenders, groups }: Contest): CompiledOffer[][] {
  const found: CompiledOffer[][] = [];
  const extend = (at: number, chosen: readonly CompiledOffer[]): void => {
    const offer = contenders[at];
    if (offer === undefined) {
      const left = contenders.filter((each) => !chosen.includes(each));
      if (left.every((each) => blockerOf(each, chosen, groups) !== null)) found.push([...chosen]);
      return;
    }
    if (isFirst(offer, groups) ? mayStand(offer, chosen) : fits(offer, chosen, groups))
      extend(at + 1, [...chosen, offer]);
    if (blockerOf(offer, contenders, groups) !== null) extend(at + 1, chosen);
  };
  extend(0, []);
  return found;
}

function isFirst({ group }: CompiledOffer, groups: Contest['groups']): boolean {
  return group !== null && groups.get(group)!.pick === 'first';
}

function grantsOneOfEach({ chosen, worth }: Trial, { groups }: Contest): boolean {
  const granted = chosen.filter((offer) => worth.has(offer.rank) && isFirst(offer, groups));
  return new Set(granted.map(({ group }) => group)).size === granted.length;
}

/**
 * Whether nobody left out would be granted beside those that are, and no first of a group gives nothing
 * only because one behind it, in a lane before its own, took what was to pay.
 */
function isComplete<T extends Trial>(
  { chosen, worth }: T,
  { contenders, groups }: Contest,
  run: (chosen: readonly CompiledOffer[]) => T,
): boolean {
  const granted = chosen.filter(({ rank }) => worth.has(rank));
  return contenders.every((offer) => {
    if (worth.has(offer.rank) || blockerOf(offer, granted, groups) !== null) return true;
    const beside = granted.filter((other) => !isBehind(other, offer, groups));
    if (chosen.includes(offer) && beside.length === granted.length) return true;
    const together = [...beside, offer].toSorted((a, b) => a.rank - b.rank);
    return !run(together).worth.has(offer.rank);
  });
}

/** Whether an offer gets its turn in a group that takes the first only if another gives nothing. */
function isBehind(offer: CompiledOffer, first: CompiledOffer, groups: Contest['groups']): boolean {
  return isFirst(offer, groups) && offer.group === first.group && offer.rank > first.rank;
}

function mayStand({ notWith }: CompiledOffer, chosen: readonly CompiledOffer[]): boolean {
  return !chosen.some(({ rank }) => notWith.has(rank));
}

/** Whether an offer can join: nobody chosen keeps it out, and it keeps nobody chosen out. */
function fits(
  offer: CompiledOffer,
  chosen: readonly CompiledOffer[],
  groups: Contest['groups'],
): boolean {
  if (!mayStand(offer, chosen)) return false;
  if (offer.group === null) return true;
  const rivals = chosen.filter(({ group }) => group === offer.group);
  return rivals.length < groups.get(offer.group)!.most;
}

/** Larger total; then, among what one has and the other has not: see `rankedBefore`. */
function beats(one: Trial, other: Trial, facts: Facts): boolean {
  const difference = totalOf(one) - totalOf(other);
  if (difference !== 0) return difference > 0;
  const only = (of: Trial, against: Trial) =>
    of.chosen
      .filter((offer) => of.worth.has(offer.rank) && !against.worth.has(offer.rank))
      .toSorted((a, b) => compare(a, b, of, of, facts));
  const ours = only(one, other);
  const theirs = only(other, one);
  for (const [index, offer] of ours.entries()) {
    const rival = theirs[index];
    if (rival === undefined) return true;
    const order = compare(offer, rival, one, other, facts);
    if (order !== 0) return order < 0;
  }
  return false;
}

function totalOf({ worth }: Trial): number {
  let total = 0;
  for (const each of worth.values()) total += each;
  return total;
}

/** Larger benefit, higher threshold, earlier end, earlier end of the coupon, lower id. */
function compare(a: CompiledOffer, b: CompiledOffer, inA: Trial, inB: Trial, facts: Facts): number {
  return (
    (inB.worth.get(b.rank) ?? 0) - (inA.worth.get(a.rank) ?? 0) ||
    b.threshold - a.threshold ||
    order(a.end, b.end) ||
    order(couponEnd(a, facts), couponEnd(b, facts)) ||
    order(a.id, b.id)
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Text that sorts behind every day. */
const NO_END = '~';

function couponEnd({ coupon }: CompiledOffer, { coupons }: Facts): string {
  if (coupon === null) return NO_END;
  return coupons.find(({ template }) => coupon.templates.has(template))?.to ?? NO_END;
}

function searched<T extends Trial>(
  all: Contest,
  facts: Facts,
  run: (chosen: readonly CompiledOffer[]) => T,
): T {
  const { groups } = all;
  const alone = new Map(all.contenders.map((offer) => [offer, run([offer])]));
  const contenders = all.contenders.filter((offer) => alone.get(offer)!.worth.has(offer.rank));
  const contest = { contenders, groups };
  const wish = contenders.toSorted((a, b) => compare(a, b, alone.get(a)!, alone.get(b)!, facts));
  let best = run(filled([], wish, contest));
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let improved = false;
    for (const offer of wish) {
      if (best.chosen.includes(offer)) continue;
      const kept = best.chosen.filter((other) => !excludes(offer, other, groups));
      const chosen = filled([...kept, offer], wish, contest);
      if (!isLegal(chosen, contest)) continue;
      const trial = run(chosen);
      if (!beats(trial, best, facts)) continue;
      best = trial;
      improved = true;
    }
    if (!improved) break;
  }
  return best;
}

function excludes(a: CompiledOffer, b: CompiledOffer, groups: Contest['groups']): boolean {
  if (a.notWith.has(b.rank)) return true;
  return a.group !== null && a.group === b.group && groups.get(a.group)!.most < Infinity;
}

/** Adds who still fits: the first of groups that take the first, then as wished. */
function filled(
  start: readonly CompiledOffer[],
  wish: readonly CompiledOffer[],
  { contenders, groups }: Contest,
): CompiledOffer[] {
  const chosen = [...start];
  const firsts = contenders.filter((offer) => isFirst(offer, groups));
  for (const offer of [...firsts, ...wish]) {
    if (!chosen.includes(offer) && fits(offer, chosen, groups)) chosen.push(offer);
  }
  return chosen.toSorted((a, b) => a.rank - b.rank);
}

function isLegal(chosen: readonly CompiledOffer[], { contenders, groups }: Contest): boolean {
  return contenders.every(
    (offer) => chosen.includes(offer) || blockerOf(offer, chosen, groups) !== null,
  );
}
