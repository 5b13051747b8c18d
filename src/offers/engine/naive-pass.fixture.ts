import type { Benefit, Condition, Definition, Lane } from '../rule/definition.ts';
import type { Facts } from './facts.ts';
import { matchesNaively } from './match-naively.fixture.ts';
import { arrivalOf, expiryOf } from './naive-arrival.fixture.ts';
import { basketOf, takeOff, wantedOf } from './naive-benefit.fixture.ts';
import { boundOf } from './naive-bounds.fixture.ts';
import { sharedOut } from './naive-numbers.fixture.ts';
import { historyIn, type NaiveSale, type Till } from './naive-till.fixture.ts';
import type { OfferVersion } from './offer.ts';

const LANES: readonly Lane[] = ['line', 'order', 'coupon', 'tender', 'earning'];

/** Templates of the coupon without which a rule never holds. */
export function templatesOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ('of' in condition) return condition.type === 'all' ? condition.of.flatMap(templatesOf) : [];
  return condition.type === 'coupon' ? condition.templates : [];
}

function laneOf(benefit: Benefit, { stacking, conditions }: Definition): Lane {
  if (benefit.kind !== 'discount') return 'earning';
  if (stacking.lane !== undefined) return stacking.lane;
  if (templatesOf(conditions).length > 0) return 'coupon';
  return benefit.target !== undefined && benefit.spend === undefined ? 'line' : 'order';
}

/** Decides a sale with all of these offers, in lanes and by priority, each on what those before it left. */
export function passNaively(
  offers: readonly OfferVersion[],
  sale: Facts,
  past: readonly NaiveSale[],
): NaiveSale {
  const till: Till = {
    ...basketOf(sale),
    past,
    grants: [],
    counted: [],
    refused: new Set(),
    turned: new Set(),
  };
  const inOrder = offers.toSorted(
    (a, b) => a.definition.priority - b.definition.priority || (a.offer < b.offer ? -1 : 1),
  );
  for (const lane of LANES) {
    for (const { offer, definition } of inOrder) {
      definition.benefits.forEach((benefit, index) => {
        if (laneOf(benefit, definition) === lane) decide(offer, definition, index, till);
      });
    }
  }
  const { nets, grants, counted } = till;
  return { sale, nets, grants, counted };
}

function decide(offer: string, definition: Definition, index: number, till: Till): void {
  const { sale, past } = till;
  if (!till.turned.has(offer)) {
    till.turned.add(offer);
    if (!matchesNaively(definition, sale, historyIn(past), till.nets)) till.refused.add(offer);
  }
  if (till.refused.has(offer)) return;
  const coupon = couponFor(offer, definition, till);
  if (coupon === undefined) return;
  const benefit = definition.benefits[index]!;
  const wants = wantedOf(benefit, definition, till);
  if (wants === null) return;
  const waits = arrivalOf(offer, definition, index, wants, till);
  if (waits === null) return;
  if (waits.counted !== null) till.counted.push(waits.counted);
  if (!waits.due) return;
  const bound = boundOf(offer, definition, index, wants, till);
  if (bound === null) return;
  const lines = sharedOut(bound.amount, bound.weights);
  const { kind } = benefit;
  if (kind === 'discount') takeOff(till, lines, wants);
  if (kind === 'points') lines.forEach((part, line) => (till.points[line]! += part));
  const bindsNow = !till.grants.some((each) => each.offer === offer);
  till.grants.push({
    offer,
    benefit: index,
    kind,
    toMerchant: benefit.kind === 'cashback' && benefit.to === 'merchant',
    template: benefit.kind === 'coupon' ? benefit.template : null,
    amount: bound.amount,
    wanted: wants.wanted,
    cut: bound.cut,
    lines,
    payers: bound.payers,
    parts: bound.parts,
    listOf: bound.listOf,
    coupon: bindsNow ? coupon : null,
    arrival: waits.arrival,
    expiry: benefit.kind === 'points' ? expiryOf(benefit, waits.arrival, sale.day) : null,
  });
}

/** The offer's coupon, or the first of its templates that nobody uses; null: it asks for none. */
function couponFor(
  offer: string,
  { conditions }: Definition,
  { grants, sale }: Till,
): string | null | undefined {
  const templates = templatesOf(conditions);
  if (templates.length === 0) return null;
  const own = grants.find((each) => each.offer === offer && each.coupon !== null);
  if (own) return own.coupon;
  const used = grants.map(({ coupon }) => coupon);
  return sale.coupons.find(({ id, template }) => templates.includes(template) && !used.includes(id))
    ?.id;
}
