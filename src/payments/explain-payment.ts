import type { Day } from '#kernel/day';
import { must } from '#kernel/refusal';
import {
  decide,
  type Decision,
  explain,
  type Facts,
  nearest,
  reasonOf,
  type Reader,
} from '#offers';
import type { Ctx } from '#platform/context';
import { NEAREST_MAX } from './core.ts';
import { explanationShown } from './explanation-shown.ts';
import { receiptNo, type SoldLine } from './payment.ts';
import { readPayment, type StoredPayment } from './read-payment.ts';
import { storeNotAllowed } from './refusals.ts';
import { rewardShown } from './sale-answer.ts';
import type { Till } from './till.ts';

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
  const outcome = decide(facts, set);
  const again = outcome.evaluation.decisions;
  const explained = explain(facts, set, reader, outcome);
  const stored = payment.decisions.flatMap(({ decision }) =>
    decision.amount > 0 ? [decision] : [],
  );
  const rewards = stored.filter(({ to }) => reader !== 'consumer' || to !== 'merchant');
  return {
    payment_id: payment.paymentId,
    receipt_no: receiptNo(payment.paymentId),
    for: reader,
    gross: payment.gross,
    discount: payment.discount,
    due: payment.due,
    rewards: rewards.map((decision) => rewardTold(decision, payment.businessDay, reader)),
    offers: explained.map(explanationShown),
    nearest: nearest(explained).slice(0, NEAREST_MAX).map(explanationShown),
    exact: sameGrants(stored, again),
  };
}

/** Who pays is the merchant's own affair. */
function rewardTold(decision: Decision, day: Day, reader: Reader) {
  const reward = { ...rewardShown(decision, day), reason: reasonOf(decision, reader) };
  return reader === 'merchant' ? reward : { ...reward, funding: [] };
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
