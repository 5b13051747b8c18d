import type { Decision } from '../engine/decision.ts';
import type { Facts, SaleFacts } from '../engine/facts.ts';
import type { OfferSet } from '../engine/offer.ts';
import { budgetsOf, countersOf } from '../engine/reads.ts';
import { forgetUses } from './forget-uses.ts';
import { note } from './history-book.ts';
import type { PastSale } from './past-event.ts';
import type { KeptLine } from './plan-back.ts';
import type { Rehearsal } from './rehearsal.ts';
import { admit } from './waiting.ts';
import { type Rehearsed, rehearsedFacts } from './rehearse.ts';

/** Counts a decided sale, for those after it. */
export function countSale(
  rehearsal: Rehearsal,
  set: OfferSet,
  { id, facts: sale, touched }: PastSale,
  { evaluation, history }: Rehearsed,
): void {
  const month = sale.day.slice(0, 7);
  if (month !== rehearsal.month) {
    forgetUses(rehearsal.usage, sale.day, rehearsal.rollingDays);
    rehearsal.month = month;
  }
  const decisions = [...evaluation.decisions, ...evaluation.progress];
  const retests = touched && decisions.some(({ offer }) => rehearsal.retests.has(offer));
  const facts = retests ? decidedOn(rehearsal, set, sale, history) : null;
  count(rehearsal, decisions);
  const waiting = admit(rehearsal.room, decisions, sale.day);
  const member = sale.member?.id ?? null;
  const cards = sale.tenders.flatMap(({ card }) => card?.token ?? []);
  if (!touched && rehearsal.histories.tracks.length === 0) return;
  const lines = sale.lines.map(({ sku, category, brand, quantity, amount }, line): KeptLine => {
    return { sku, category, brand, quantity, amount, net: evaluation.lines[line]!.net };
  });
  const paid = evaluation.due;
  note(rehearsal.histories, { member, cards }, sale.day, null, { paid, lines });
  if (!touched) return;
  const nothing = lines.map(() => 0);
  rehearsal.kept.set(id, {
    day: sale.day,
    member,
    cards,
    decisions,
    waiting,
    lines,
    facts,
    gone: { amounts: nothing, quantities: nothing },
    refunded: 0,
    taken: new Map(),
  });
}

/** The facts with the counters and budgets as they stand, which go on moving. */
function decidedOn(
  { usage, budgets }: Rehearsal,
  set: OfferSet,
  sale: SaleFacts,
  history: Facts['history'],
): Facts {
  const used = countersOf(sale, set).flatMap((key) => {
    const found = usage[key];
    return found ? [[key, { ...found }] as const] : [];
  });
  const left = budgetsOf(sale, set).map((budget) => [budget, budgets[budget] ?? 0] as const);
  const read = { usage: Object.fromEntries(used), budgets: Object.fromEntries(left) };
  return rehearsedFacts(sale, read, history);
}

function count({ usage, budgets }: Rehearsal, decisions: readonly Decision[]): void {
  for (const { counters, funding } of decisions) {
    for (const { key, count: sales, amount } of counters) {
      const used = usage[key];
      if (used === undefined) usage[key] = { count: sales, amount };
      else {
        used.count += sales;
        used.amount += amount;
      }
    }
    for (const { budget, amount } of funding)
      if (budget !== undefined) budgets[budget] = (budgets[budget] ?? 0) - amount;
  }
}
