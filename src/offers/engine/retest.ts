import { viewOf } from './condition.ts';
import type { Decision } from './decision.ts';
import type { Facts, LineFacts } from './facts.ts';
import { type Grant, grantOf } from './grant.ts';
import { holds } from './holds.ts';
import type { CompiledOffer, OfferSet } from './offer.ts';
import { keptShares } from './reverse.ts';
import { addPoints, lowerNets, type Running, runningOf } from './running.ts';

/**
 * What every decision of a sale still earns when only some of it is left: hand it to `reverseLines` as
 * `kept`, once for what was left before a refund and once for what is left after it.
 *
 * Without a retest it is the decision in proportion to what is left of each line. With
 * `clawback.retest: "threshold"` the offer is decided again, alone, on the lines that are left and with
 * every other fact of the sale as it was: its conditions, spends, steps and units have to be met still. It
 * is the smaller of both, so nothing is earned by a refund. What is to pay then is what the discounts
 * before it leave in proportion, also of one that is lost: no offer is regained by losing another.
 *
 * The answer follows from what is left alone, so any sequence of refunds ends where one refund of the same
 * units ends; with nothing left it is zero. It falls while less and less is left, but for rules that give
 * more for less (steps that fall, an "any" of which a part asks for a small basket): there `reverseLines`
 * gives some of it back.
 * @param decisions of the sale, in the order decided, as stored
 * @param facts on which the sale was decided
 * @param set with which it was decided
 * @param left every line of the sale with the quantity and gross amount not refunded
 * @throws RangeError unless `left` has the sale's lines, none larger than sold
 */
export function retested(
  decisions: readonly Decision[],
  facts: Facts,
  set: OfferSet,
  left: readonly LineFacts[],
): number[] {
  const amounts = facts.lines.map(({ amount }) => amount);
  const refunded = amounts.map((amount, line) => amount - (left[line]?.amount ?? amount + 1));
  if (refunded.every((amount) => amount === 0)) return decisions.map(({ amount }) => amount);
  const offers = new Map(set.offers.map((offer) => [offer.id, offer]));
  const basket = { ...facts, lines: left };
  const running = runningOf(
    basket,
    viewOf(basket),
    left.map(({ amount }) => amount),
  );
  const met = new Map<string, boolean>();
  return decisions.map((decision) => {
    const shares = keptShares(decision, amounts, refunded);
    const most = sum(shares);
    const offer = offers.get(decision.offer);
    const benefit = offer?.benefits[decision.benefit];
    if (offer === undefined || benefit === undefined) return most;
    const tests = offer.definition.clawback.retest === 'threshold';
    if (tests && !met.has(offer.id)) met.set(offer.id, meets(offer, running));
    const needed = tests || benefit.kind === 'discount';
    const grant = needed ? grantOf(offer, benefit, running) : null;
    if (benefit.kind === 'discount') takeDiscount(running, shares, grant);
    if (benefit.kind === 'points') addPoints(running, shares);
    if (!tests) return most;
    return met.get(offer.id) ? Math.min(most, grant?.amount ?? 0) : 0;
  });
}

/** Whether the offer still applies to what is left; a line wholly refunded is not there any more. */
function meets(offer: CompiledOffer, { facts, nets }: Running): boolean {
  const there = ({ quantity, amount }: LineFacts) => quantity > 0 || amount > 0;
  const view = viewOf({ ...facts, lines: facts.lines.filter(there) });
  const late = { ...view, nets: nets.filter((_, line) => there(facts.lines[line]!)) };
  return (
    offer.tests.every((test) => holds(test, view)) &&
    offer.lateTests.every((test) => holds(test, late))
  );
}

/** Lowers what is to pay by a discount's shares, on the units that it falls on now. */
function takeDiscount(running: Running, lines: readonly number[], grant: Grant | null): void {
  const picks = grant !== null && 'picks' in grant ? grant.picks : null;
  const fits = lines.every((share, line) => {
    const own = picks?.filter((pick) => pick.line === line) ?? [];
    return share <= sum(own.map(({ count, weight }) => count * weight));
  });
  lowerNets(running, lines, fits ? picks : null);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
