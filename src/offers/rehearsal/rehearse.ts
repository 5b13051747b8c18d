import type { Day } from '#kernel/day';
import type { Decision } from '../engine/decision.ts';
import { decide, type Evaluation } from '../engine/evaluate.ts';
import { historyOf } from '../engine/ask-history.ts';
import type { Facts, Usage } from '../engine/facts.ts';
import type { OfferSet } from '../engine/offer.ts';
import { type Reversal, reversalTarget, reverseLines } from '../engine/reverse.ts';
import {
  type HistoryBook,
  historyIn,
  newHistoryBook,
  note,
  type PaidLine,
} from './history-book.ts';
import type { PastRefund, PastSale } from './past-event.ts';
import { forgetUses } from './forget-uses.ts';
import { tracksOf } from './tracks-of.ts';

type MovingUsage = { -readonly [Key in keyof Usage]: Usage[Key] };

/** What the offers of a rehearsal have counted, drawn and granted so far: plain data. */
export interface Rehearsal {
  readonly usage: Record<string, MovingUsage>;
  /** fen left per budget. */
  readonly budgets: Record<string, number>;
  readonly histories: HistoryBook;
  /** Sales of which something goes back later, with what they were granted. */
  readonly kept: Map<string, KeptSale>;
  month: string;
}

/** What has to be known of a sale when it is paid back. fen. */
interface KeptSale {
  readonly day: Day;
  readonly member: string | null;
  readonly cards: readonly string[];
  readonly decisions: readonly Decision[];
  readonly amounts: readonly number[];
  readonly lines: readonly PaidLine[];
  /** Gross that went back so far, per line. */
  gone: readonly number[];
}

/** Begins a rehearsal of a set. @param budgets fen that each budget begins with */
export function newRehearsal(set: OfferSet, budgets: Readonly<Record<string, number>>): Rehearsal {
  return {
    usage: Object.create(null) as Rehearsal['usage'],
    budgets: { ...budgets },
    histories: newHistoryBook(tracksOf(set)),
    kept: new Map(),
    month: '',
  };
}

/** A sale decided, with the budgets that were too small for it. */
export interface Rehearsed {
  readonly evaluation: Evaluation;
  readonly short: readonly string[];
}

/** Decides a past sale by the engine itself, on what the sales before it have left, and counts it. */
export function rehearseSale(
  rehearsal: Rehearsal,
  set: OfferSet,
  { id, facts: sale, touched }: PastSale,
): Rehearsed {
  const month = sale.day.slice(0, 7);
  if (month !== rehearsal.month) {
    forgetUses(rehearsal.usage, sale.day, set);
    rehearsal.month = month;
  }
  const history: Record<string, Facts['history'][string]> = {};
  for (const asked of historyOf(sale, set))
    history[asked.key] = historyIn(rehearsal.histories, asked);
  const facts = { ...sale, usage: rehearsal.usage, budgets: rehearsal.budgets, history };
  const { evaluation, verdicts } = decide(facts, set);
  const short = new Set<string>();
  for (const all of verdicts.values())
    for (const { grant } of all) for (const { budget } of grant.short ?? []) short.add(budget);
  const decisions = [...evaluation.decisions, ...evaluation.progress];
  count(rehearsal, decisions);
  const lines = sale.lines.map(({ sku, category, brand }, line) => {
    return { sku, category, brand, net: evaluation.lines[line]!.net };
  });
  const member = sale.member?.id ?? null;
  const cards = sale.tenders.flatMap(({ card }) => card?.token ?? []);
  note(rehearsal.histories, { member, cards }, sale.day, lines, 1);
  if (touched) {
    const amounts = sale.lines.map(({ amount }) => amount);
    const gone = amounts.map(() => 0);
    rehearsal.kept.set(id, { day: sale.day, member, cards, decisions, amounts, lines, gone });
  }
  return { evaluation, short: [...short] };
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

/** A decision with what a refund takes back of it. */
export interface TakenOf {
  readonly decision: Decision;
  readonly reversal: Reversal;
}

/** Takes back what a refund takes back; nothing for a sale that the rehearsal has not seen. */
export function rehearseRefund(rehearsal: Rehearsal, refund: PastRefund): TakenOf[] {
  const kept = rehearsal.kept.get(refund.payment);
  if (kept === undefined) return [];
  const { amounts, decisions, lines, day, member, cards } = kept;
  const before = kept.gone;
  const after = before.slice();
  for (const { line, amount } of refund.lines)
    after[line] = Math.min(amounts[line] ?? 0, (after[line] ?? 0) + amount);
  const taken = decisions.map((decision) => ({
    decision,
    reversal: reverseLines(decision, amounts, before, after),
  }));
  for (const { reversal } of taken) giveBack(rehearsal, reversal);
  const whole = (gone: readonly number[]) => amounts.every((of, line) => gone[line] === of);
  const back = lines.map((line, at) => ({
    ...line,
    net:
      reversalTarget(line.net, before[at]!, amounts[at]!) -
      reversalTarget(line.net, after[at]!, amounts[at]!),
  }));
  note(rehearsal.histories, { member, cards }, day, back, whole(after) && !whole(before) ? -1 : 0);
  if (whole(after)) rehearsal.kept.delete(refund.payment);
  else kept.gone = after;
  return taken;
}

function giveBack({ usage, budgets }: Rehearsal, { counters, funding }: Reversal): void {
  for (const { key, count: sales, amount } of counters) {
    const used = usage[key];
    if (used === undefined) continue;
    used.count -= sales;
    used.amount -= amount;
  }
  for (const { budget, amount } of funding)
    if (budget !== undefined) budgets[budget] = (budgets[budget] ?? 0) + amount;
}
