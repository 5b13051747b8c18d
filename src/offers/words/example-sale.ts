import type { Day } from '#kernel/day';
import type { LeafTest } from '../engine/condition.ts';
import type { Facts, SaleFacts } from '../engine/facts.ts';
import type { CompiledOffer, OfferSet } from '../engine/offer.ts';
import { budgetsOf } from '../engine/reads.ts';
import { BLANK_SALE } from './blank-sale.ts';
import { basketFor, totalsFor } from './example-basket.ts';
import { buyersFor } from './example-buyer.ts';
import { pastFor, poolsFor } from './example-past.ts';
import { placeFor } from './example-place.ts';
import { tenderFor } from './example-tender.ts';
import { timeFor } from './example-time.ts';
import { wishesOf } from './wishes.ts';

const AMPLE = 1_000_000_000_000;

/** Sales that may well fulfil one way to an offer, the tidiest first, from a day on. */
export function* salesFor(
  way: readonly LeafTest[],
  offer: CompiledOffer,
  set: OfferSet,
  from: Day,
): Generator<Facts> {
  const when = timeFor(way, from);
  if (when === null) return;
  const wishes = wishesOf(way, offer.benefits);
  const head: SaleFacts = { ...BLANK_SALE, ...when, ...placeFor(way) };
  for (const total of totalsFor(way, wishes)) {
    const lines = basketFor(way, wishes, total);
    if (lines === null) continue;
    const due = lines.reduce((sum, { amount }) => sum + amount, 0);
    const tenders = [{ ...tenderFor(way, offer), amount: due }];
    for (const member of buyersFor(way, offer, head.day)) {
      const sale: SaleFacts = { ...head, lines, member, tenders };
      const budgets = Object.fromEntries(budgetsOf(sale, set).map((budget) => [budget, AMPLE]));
      const history = pastFor(way, sale);
      yield { ...sale, budgets, history, usage: {} };
      const usage = poolsFor(offer, sale);
      if (Object.keys(usage).length > 0) yield { ...sale, budgets, history, usage };
    }
  }
}
