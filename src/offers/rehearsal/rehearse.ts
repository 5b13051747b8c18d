import { historyOf } from '../engine/ask-history.ts';
import { decide, type Evaluation } from '../engine/evaluate.ts';
import type { Facts, SaleFacts } from '../engine/facts.ts';
import type { OfferSet } from '../engine/offer.ts';
import { historyIn } from './history-book.ts';
import type { PastSale } from './past-event.ts';
import type { Rehearsal } from './rehearsal.ts';

/** A sale decided, with the budgets that were too small for it, and the offers that could apply to it. */
export interface Rehearsed {
  readonly evaluation: Evaluation;
  readonly short: readonly string[];
  readonly matched: readonly string[];
  readonly history: Facts['history'];
}

/** Decides a past sale by the engine itself, on what the sales before it have left. */
export function rehearseSale(
  rehearsal: Rehearsal,
  set: OfferSet,
  { facts: sale }: PastSale,
): Rehearsed {
  const history: Record<string, Facts['history'][string]> = {};
  for (const asked of historyOf(sale, set))
    history[asked.key] = historyIn(rehearsal.histories, asked);
  const { evaluation, verdicts, lost } = decide(rehearsedFacts(sale, rehearsal, history), set);
  const short = new Set<string>();
  const matched: string[] = [];
  for (const [rank, all] of verdicts) {
    matched.push(set.offers[rank]!.id);
    for (const { grant } of all) for (const { budget } of grant.short ?? []) short.add(budget);
  }
  for (const rank of lost.keys()) matched.push(set.offers[rank]!.id);
  return { evaluation, short: [...short], matched, history };
}

/** Field by field: a spread of so many fields costs as much as the decision. */
export function rehearsedFacts(
  sale: SaleFacts,
  { usage, budgets }: Pick<Facts, 'usage' | 'budgets'>,
  history: Facts['history'],
): Facts {
  return {
    store: sale.store,
    terminal: sale.terminal,
    terminalKind: sale.terminalKind,
    device: sale.device,
    mcc: sale.mcc,
    channel: sale.channel,
    day: sale.day,
    weekday: sale.weekday,
    minute: sale.minute,
    dayKind: sale.dayKind,
    lines: sale.lines,
    member: sale.member,
    tenders: sale.tenders,
    codes: sale.codes,
    coupons: sale.coupons,
    usage,
    budgets,
    history,
  };
}
