import { type Item, item, type View } from '#platform/record/part';
import { historyPart } from './history-part.ts';
import type { Buyer } from './history-state.ts';
import { type Charge, nothingRefunded } from './payment.ts';
import type { Back } from './refund.ts';
import { type Sale, soldLines } from './sale.ts';

/** What a sale adds to the histories that others of its batch asked for. */
export function saleHistory(view: View, sale: Sale): Item[] {
  const state = view.of(historyPart);
  if (state.empty) return [];
  const { org, basket } = sale;
  const buyer = buyerOf(basket.member?.memberId, sale.charges);
  if (!state.watches(org, buyer)) return [];
  const after = { ...nothingRefunded(basket.lines.length), refunded: 0 };
  const moved = { ...buyer, day: basket.local.day, lines: soldLines(sale), before: null, after };
  return [item(historyPart, org, moved)];
}

/** What money back takes out of the histories that others of its batch asked for. */
export function backHistory(view: View, back: Back): Item[] {
  const { org, kind, payment, step, refundedBefore, amount } = back;
  const state = view.of(historyPart);
  if (state.empty) return [];
  const buyer = buyerOf(payment.member?.id, payment.charges);
  if (!state.watches(org, buyer)) return [];
  const { businessDay: day, lines } = payment;
  const before = { ...step.before, refunded: refundedBefore };
  const after =
    kind === 'void' || step.state === 'refunded'
      ? null
      : { ...step.after, refunded: refundedBefore + amount };
  return [item(historyPart, org, { ...buyer, day, lines, before, after })];
}

function buyerOf(member: string | undefined, charges: readonly Charge[]): Buyer {
  return { member: member ?? null, cards: charges.flatMap(({ card }) => card?.token ?? []) };
}
