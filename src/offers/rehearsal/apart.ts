import type { Decision } from '../engine/decision.ts';
import type { OfferSet } from '../engine/offer.ts';
import type { PastSale } from './past-event.ts';
import type { Rehearsed } from './rehearse.ts';

/** In what the books of a set with the tried offer may differ from those of the set without it: plain data. */
export interface Apart {
  /** Everything may. */
  readonly all: boolean;
  /** Offers whose counters may, or whose budgets. */
  readonly offers: Set<string>;
  readonly budgets: Set<string>;
  /** Members and cards whose purchases may. */
  readonly buyers: Set<string>;
}

export function nothingApart(all: boolean): Apart {
  return { all, offers: new Set(), budgets: new Set(), buyers: new Set() };
}

/**
 * Whether a sale that the tried offer does not touch may come out differently all the same: another version of
 * it stands in the other set, or by its mere presence it changes how a group competes.
 */
export function neverSame(
  sets: { readonly with: OfferSet; readonly without: OfferSet },
  tried: string,
): boolean {
  const group = sets.with.offers.find(({ id }) => id === tried)?.group ?? null;
  return sets.without.offers.some(
    (other) => other.id === tried || (group !== null && other.group === group),
  );
}

/** Whether a sale that the tried offer does not touch looks at nothing that may differ. */
export function isSame(
  { offers, budgets, buyers }: Apart,
  { facts }: PastSale,
  { matched, short, evaluation }: Rehearsed,
): boolean {
  if (offers.size > 0 && matched.some((offer) => offers.has(offer))) return false;
  if (buyers.size > 0 && buyersOf(facts).some((buyer) => buyers.has(buyer))) return false;
  if (budgets.size === 0) return true;
  const drawn = evaluation.decisions.some(({ funding }) =>
    funding.some(({ budget }) => budget !== undefined && budgets.has(budget)),
  );
  return !drawn && !short.some((budget) => budgets.has(budget));
}

/** Notes in what a sale that was decided twice came out differently. */
export function setApart(
  apart: Apart,
  { facts }: PastSale,
  one: Rehearsed,
  other: Rehearsed,
  tried: string,
): void {
  const [after, before] = [decisionsOf(one), decisionsOf(other)];
  const own = after.filter(({ offer }) => offer === tried);
  for (const { funding } of own) drawnOn(apart, funding);
  const netsSame = one.evaluation.lines.every(
    ({ net }, at) => net === other.evaluation.lines[at]?.net,
  );
  const others = own.length === 0 ? after : after.filter(({ offer }) => offer !== tried);
  if (
    netsSame &&
    others.length === before.length &&
    others.every((each, at) => isLike(each, before[at]!))
  )
    return;
  for (const { offer, counters, funding } of [...others, ...before]) {
    if (counters.length > 0) apart.offers.add(offer);
    drawnOn(apart, funding);
  }
  if (!netsSame) for (const buyer of buyersOf(facts)) apart.buyers.add(buyer);
}

/** Alike on the same net lines, they count the same. */
function isLike(one: Decision, other: Decision): boolean {
  return (
    one.offer === other.offer &&
    one.benefit === other.benefit &&
    one.amount === other.amount &&
    one.funding.length === other.funding.length &&
    one.funding.every(({ amount }, at) => amount === other.funding[at]!.amount)
  );
}

function drawnOn({ budgets }: Apart, funding: Decision['funding']): void {
  for (const { budget } of funding) if (budget !== undefined) budgets.add(budget);
}

function decisionsOf({ evaluation: { decisions, progress } }: Rehearsed): readonly Decision[] {
  return progress.length === 0 ? decisions : [...decisions, ...progress];
}

function buyersOf({ member, tenders }: PastSale['facts']): string[] {
  const cards = tenders.flatMap(({ card }) => card?.token ?? []);
  return member === null ? cards : [member.id, ...cards];
}
