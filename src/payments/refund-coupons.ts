import {
  type BackOutcome,
  type BackPolicy,
  type Coupon,
  couponsPart,
  type CouponsState,
  type CouponWant,
  type Freed,
  giveBack,
  type Moved,
  subjectsOf,
  takeBackGranted,
  type Template,
} from '#coupons';
import { type Item, item, type Scoped } from '#platform/record/part';
import type { StoredPayment } from './read-payment.ts';
import type { Back } from './refund.ts';
import type { RefundRules } from './refund-rules.ts';
import { type CouponShown, couponShown } from './sale-coupons.ts';
import type { Till } from './till.ts';

/** What a refund looks at of coupons, in the books of the templates' owners. */
export interface CouponsBehind {
  readonly wants: readonly Scoped<CouponWant>[];
  /** What the offers say of the coupons they used, by the decision's number. */
  readonly policies: ReadonlyMap<number, BackPolicy>;
  /** Of what decisions gave coupons. */
  readonly templates: ReadonlyMap<number, Template>;
}

/** Reads what became of a payment's coupons' offers and templates; null for a payment without coupons. */
export async function couponsBehind(
  { coupons }: Pick<Till, 'coupons'>,
  payment: StoredPayment,
  rules: RefundRules,
): Promise<CouponsBehind | null> {
  const wants: Scoped<CouponWant>[] = [];
  const policies = new Map<number, BackPolicy>();
  const templates = new Map<number, Template>();
  for (const [no, { ownerOrg: org, decision }] of payment.decisions.entries()) {
    if (decision.coupon !== undefined) {
      wants.push({ org, value: { coupon: decision.coupon } });
      policies.set(no, rules.policyOf(decision.offer).coupon);
    }
    if (decision.kind !== 'coupon' || decision.amount === 0) continue;
    const template = (await coupons.templates.get(org)).value.get(decision.what ?? '');
    if (!template) throw new Error(`no template ${decision.what} in the book of ${org}`);
    templates.set(no, template);
    wants.push({ org, value: { source: payment.paymentId } });
    for (const subject of subjectsOf(template, payment.member?.id ?? null))
      wants.push({ org, value: { template: template.id, subject } });
  }
  return wants.length === 0 ? null : { wants, policies, templates };
}

/** The books besides the seller's that a refund touches for coupons. */
export function couponOwners(behind: CouponsBehind | null): number[] {
  return behind ? [...new Set(behind.wants.map(({ org }) => org))] : [];
}

export interface BackCoupons {
  readonly items: readonly Item[];
  readonly shown: BackCouponsShown;
}

export interface BackCouponsShown {
  /** What the payment had used and the buyer has again, or not. */
  returned: (CouponShown & {
    readonly outcome: BackOutcome;
    readonly valid_from: string;
    readonly valid_to: string;
  })[];
  /** What the payment had given and is taken out of use. */
  taken_back: CouponShown[];
  /** What the payment had given and was used already: it stays with the sale that used it. */
  kept: CouponShown[];
}

type Refunding = Pick<
  Back,
  'refundId' | 'org' | 'kind' | 'payment' | 'step' | 'occurredAt' | 'day' | 'actor'
>;

/** What a refund takes back of one decision, in pieces. */
interface ReturnedPieces {
  readonly decisionNo: number;
  readonly kind: string;
  readonly amount: number;
}

/**
 * Takes back the coupons that the payment gave, piece by piece as the decision goes back, and gives back the coupon
 * it had used once all of it is refunded.
 */
export function backCoupons(
  state: CouponsState,
  back: Refunding,
  returned: readonly ReturnedPieces[],
  behind: CouponsBehind | null,
): BackCoupons {
  const shown: BackCouponsShown = { returned: [], taken_back: [], kept: [] };
  if (!behind) return { items: [], shown };
  const items: Item[] = [];
  const move = (org: number, moves: readonly Moved[], freed: readonly Freed[]) => {
    if (moves.length === 0) return;
    const { refundId: id, occurredAt: at, actor } = back;
    const moved = { moves, freed, source: { org: back.org, id }, at, actor };
    items.push(item(couponsPart, org, { kind: 'move', moved }));
  };
  for (const { decisionNo, kind, amount } of returned) {
    if (kind !== 'coupon' || amount <= 0) continue;
    const taken = takenBack(state, back, behind, decisionNo, amount);
    move(taken.org, taken.moves, taken.freed);
    shown.taken_back.push(...taken.reversed.map(couponShown));
    shown.kept.push(...taken.kept.map(couponShown));
  }
  if (back.kind === 'refund' && back.step.state !== 'refunded') return { items, shown };
  for (const [no, policy] of behind.policies) {
    const { ownerOrg: org, decision } = back.payment.decisions[no]!;
    const coupon = state.coupon(org, decision.coupon ?? '');
    if (!coupon) throw new Error(`coupon ${decision.coupon} was not read`);
    const { outcome, move: moved } = giveBack(coupon, policy, back.day);
    move(org, [moved], []);
    const span = { valid_from: moved.from, valid_to: moved.to };
    shown.returned.push({ ...couponShown(coupon), outcome, ...span });
  }
  return { items, shown };
}

function takenBack(
  state: CouponsState,
  { payment }: Refunding,
  { templates }: CouponsBehind,
  decisionNo: number,
  amount: number,
) {
  const { ownerOrg: org } = payment.decisions[decisionNo]!;
  const granted = state.granted(org, payment.paymentId, decisionNo);
  const { reversed, kept } = takeBackGranted(granted, amount);
  const moves = [...reversed, ...kept];
  const template = templates.get(decisionNo)!;
  const freed = subjectsOf(template, payment.member?.id ?? null).map((subject) => ({
    template: template.id,
    subject,
    count: moves.length,
  }));
  const coupons = new Map(granted.map((coupon) => [coupon.id, coupon]));
  const of = (list: readonly Moved[]): Coupon[] =>
    list.flatMap(({ couponId }) => coupons.get(couponId) ?? []);
  return { org, moves, freed, reversed: of(reversed), kept: of(kept) };
}
