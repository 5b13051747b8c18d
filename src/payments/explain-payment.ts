import { must } from '#kernel/refusal';
import { decide, type Decision, type Facts } from '#offers';
import type { Ctx } from '#platform/context';
import { receiptNo, type SoldLine } from './payment.ts';
import { type ExplainedOffer, explainedOffers } from './quote-payment.ts';
import { readPayment, type StoredPayment } from './read-payment.ts';
import { storeNotAllowed } from './refusals.ts';
import { rewardShown } from './sale-answer.ts';
import type { Till } from './till.ts';

export type Reader = 'consumer' | 'cashier' | 'merchant';

/**
 * Says of every offer that was live when a sale was decided why it applied or not: recomputed from the
 * facts and the offer set kept with the sale.
 * @param reference a payment id or a receipt number. @throws Refused payment_unknown, store_not_allowed
 */
export async function explainPayment(till: Till, ctx: Ctx, reference: string, reader: Reader) {
  const payment = await readPayment(till.db, ctx.org, reference);
  const { stores } = ctx.principal;
  must(stores === 'all' || stores.has(payment.storeId), storeNotAllowed);
  const set = await till.offers.at(payment.offerSet);
  const facts = factsOf(payment);
  const stored = payment.decisions.flatMap(({ decision }) =>
    decision.amount > 0 ? [decision] : [],
  );
  const again = decide(facts, set).evaluation.decisions;
  const offers = explainedOffers(facts, set).filter((offer) => concerns(offer, reader));
  return {
    payment_id: payment.paymentId,
    receipt_no: receiptNo(payment.paymentId),
    for: reader,
    gross: payment.gross,
    discount: payment.discount,
    due: payment.due,
    rewards: stored.map((decision) => shownTo(reader, rewardShown(decision, payment.businessDay))),
    offers: offers.map((offer) => (reader === 'merchant' ? offer : withoutBooks(offer))),
    exact: sameGrants(stored, again),
  };
}

/** What sales did not tell before offers could ask for it. */
const UNTOLD = {
  terminal: null,
  terminalKind: null,
  device: null,
  mcc: null,
  codes: [],
  coupons: [],
  history: {},
} as const satisfies Partial<Facts>;

/** The facts a sale was decided on, made whole again with its lines. */
export function factsOf({ facts, lines }: Pick<StoredPayment, 'facts' | 'lines'>): Facts {
  return { ...UNTOLD, ...facts, lines: lines.map(lineFacts) };
}

function lineFacts({ sku, category, brand, quantity, amount }: SoldLine): Facts['lines'][number] {
  return { sku, category, brand, quantity, amount };
}

function sameGrants(stored: readonly Decision[], again: readonly Decision[]): boolean {
  const told = (decisions: readonly Decision[]) =>
    JSON.stringify(
      decisions.map(({ offer, version, benefit, amount, lineShares }) => [
        offer,
        version,
        benefit,
        amount,
        lineShares,
      ]),
    );
  return told(stored) === told(again);
}

/** Who was never meant is no news to the buyer; the one who could still earn it is told. */
function concerns({ outcome, reason, missing }: ExplainedOffer, reader: Reader): boolean {
  if (reader !== 'consumer' || outcome !== 'not' || missing !== null) return true;
  return ['lost', 'member', 'coupons_left'].includes(reason) || reason.startsWith('limit_');
}

/** What is left of a budget is the merchant's own affair. */
function withoutBooks(offer: ExplainedOffer): ExplainedOffer {
  if (offer.reason !== 'budget') return { ...offer, budget: null };
  const text = { zh: '活动预算已用完', en: 'The budget of this offer is used up' };
  return { ...offer, budget: null, actual: null, required: null, text };
}

function shownTo(reader: Reader, reward: ReturnType<typeof rewardShown>) {
  return reader === 'merchant' ? reward : { ...reward, funding: [] };
}
