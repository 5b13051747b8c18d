import type { Facts } from './facts.ts';
import { total } from './naive-numbers.fixture.ts';
import { passNaively, templatesOf } from './naive-pass.fixture.ts';
import type { NaiveSale } from './naive-till.fixture.ts';
import type { Condition } from '../rule/definition.ts';
import type { OfferVersion } from './offer.ts';

/**
 * Decides a sale as the rules are written, without anything that makes it fast: every choice among the
 * offers that compete is decided whole, in lanes, and the best legal one is taken. A choice is legal if
 * the offers left out are just those that an offer granted something keeps out.
 * @returns null where no choice is legal
 */
export function decideNaively(
  offers: readonly OfferVersion[],
  sale: Facts,
  past: readonly NaiveSale[],
): NaiveSale | null {
  const inOrder = offers.toSorted(
    (a, b) => a.definition.priority - b.definition.priority || (a.offer < b.offer ? -1 : 1),
  );
  const rivals = inOrder.filter((one) => inOrder.some((other) => compete(one, other)));
  const others = inOrder.filter((each) => !rivals.includes(each));
  let best: NaiveSale | null = null;
  const grantedOf = ({ grants }: NaiveSale) =>
    rivals.filter(({ offer }) => grants.some((each) => each.offer === offer));
  for (let choice = 0; choice < 2 ** rivals.length; choice++) {
    const chosen = rivals.filter((_, at) => (choice >> at) % 2 === 1);
    const pass = (of: readonly OfferVersion[]) => passNaively([...others, ...of], sale, past);
    const outcome = pass(chosen);
    const granted = grantedOf(outcome);
    if (rivals.some((each) => chosen.includes(each) === keptOut(each, granted, inOrder))) continue;
    // Who gets nothing only beside those whom it goes before is not passed over.
    const robbed = chosen.some((each) => {
      const behind = granted.filter((other) => keptOut(other, [each], inOrder));
      if (granted.includes(each) || behind.length === 0) return false;
      return grantedOf(pass(chosen.filter((other) => !behind.includes(other)))).includes(each);
    });
    if (!robbed && (best === null || beats(outcome, best, offers))) best = outcome;
  }
  return best;
}

function excludes({ definition: one }: OfferVersion, { definition: other }: OfferVersion): boolean {
  return (
    (one.stacking.not_with ?? []).includes(other.code) ||
    (other.stacking.not_with ?? []).includes(one.code)
  );
}

function compete(one: OfferVersion, other: OfferVersion): boolean {
  if (one === other) return false;
  const { group } = one.definition.stacking;
  return excludes(one, other) || (group !== undefined && group === other.definition.stacking.group);
}

/** Whether those granted something leave no room for an offer. */
function keptOut(
  offer: OfferVersion,
  granted: readonly OfferVersion[],
  inOrder: readonly OfferVersion[],
): boolean {
  if (granted.some((other) => other !== offer && excludes(offer, other))) return true;
  const { group, pick, most = Infinity } = offer.definition.stacking;
  if (group === undefined) return false;
  const same = granted.filter(
    (other) =>
      other !== offer &&
      other.definition.stacking.group === group &&
      (pick !== 'first' || inOrder.indexOf(other) < inOrder.indexOf(offer)),
  );
  return same.length >= (pick === 'all' ? most : 1);
}

/** fen to the customer; a point is worth one. */
function worthOf({ grants }: NaiveSale, offer?: string): number {
  return total(
    grants
      .filter((each) => offer === undefined || each.offer === offer)
      .map(({ kind, amount, toMerchant }) =>
        kind === 'discount' || kind === 'points' || (kind === 'cashback' && !toMerchant)
          ? amount
          : 0,
      ),
  );
}

/** Larger in total; then of what only one of both grants: larger, higher threshold, earlier end, lower id. */
function beats(one: NaiveSale, other: NaiveSale, offers: readonly OfferVersion[]): boolean {
  const difference = worthOf(one) - worthOf(other);
  if (difference !== 0) return difference > 0;
  const only = (of: NaiveSale, against: NaiveSale) =>
    offers
      .filter(({ offer }) => of.grants.some((each) => each.offer === offer))
      .filter(({ offer }) => !against.grants.some((each) => each.offer === offer))
      .map((each) => ranking(each, of))
      .sort(byRanking);
  const [ours, theirs] = [only(one, other), only(other, one)];
  for (const [at, mine] of ours.entries()) {
    const order = theirs[at] === undefined ? -1 : byRanking(mine, theirs[at]);
    if (order !== 0) return order < 0;
  }
  return false;
}

type Ranking = readonly [number, number, string, string, string];

function ranking({ offer, definition }: OfferVersion, of: NaiveSale): Ranking {
  const { schedule, benefits, conditions } = definition;
  const templates = templatesOf(conditions);
  const coupon = of.sale.coupons.find(({ template }) => templates.includes(template));
  const threshold = Math.max(leastGross(conditions), ...benefits.map(({ spend }) => spend ?? 0));
  return [-worthOf(of, offer), -threshold, schedule.to ?? '~', coupon?.to ?? '~', offer];
}

function leastGross(condition: Condition | undefined): number {
  if (condition?.type === 'basket_amount') return condition.min ?? 0;
  return condition?.type === 'all' ? Math.max(...condition.of.map(leastGross)) : 0;
}

function byRanking(a: Ranking, b: Ranking): number {
  for (const [at, mine] of a.entries()) {
    const theirs = b[at]!;
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
}
