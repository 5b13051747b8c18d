import { addDays } from '#kernel/day';
import { type LeafTest, viewOf } from '../engine/condition.ts';
import { poolCounters } from '../engine/arrival.ts';
import type { Facts, History, SaleFacts, Usage } from '../engine/facts.ts';
import type { CompiledOffer } from '../engine/offer.ts';
import { ALL_SALES, askedOf, type Counted } from '../engine/history.ts';
import { addedBy } from '../engine/history-holds.ts';
import { asking } from './asking.ts';

const NONE: History = { amount: 0, count: 0, visits: 0, last: null };
const A_MONTH = 30;

/** The sales that a buyer needs behind him for this one to be the one that is asked for. */
export function pastFor(way: readonly LeafTest[], sale: SaleFacts): Facts['history'] {
  const past: Record<string, History> = {};
  const remember = (counted: Counted, known: (before: History) => Partial<History>) => {
    const asked = askedOf(counted, sale);
    if (asked === null) return;
    const before = past[asked.key] ?? NONE;
    past[asked.key] = { ...before, ...known(before) };
  };
  for (const { numbers, every } of asking(way, 'nth_purchase')) {
    const count = (numbers.size > 0 ? Math.min(...numbers) : every) - 1;
    if (count > 0) remember(ALL_SALES, () => purchases(count, sale));
  }
  for (const { min, max } of asking(way, 'days_since_last')) {
    const days = Math.max(min, Math.min(max, A_MONTH));
    const last = addDays(sale.day, -days);
    remember(ALL_SALES, ({ count }) => ({ ...purchases(Math.max(1, count), sale), last }));
  }
  for (const test of asking(way, 'history')) {
    const required =
      test.every > 0 ? Math.ceil(Math.max(test.min, 1) / test.every) * test.every : test.min;
    const added = addedBy(test, NONE, viewOf(sale));
    const before = Math.max(0, required - added);
    if (before === 0) continue;
    const grown = purchases(test.measure === 'amount' ? 1 : before, sale);
    remember(test, () => (test.measure === 'amount' ? { ...grown, amount: before } : grown));
  }
  return past;
}

function purchases(count: number, { day, lines }: SaleFacts): History {
  const each = lines.reduce((sum, { amount }) => sum + amount, 0);
  return { amount: count * each, count, visits: count, last: addDays(day, -1) };
}

/** What pools need behind them for this sale to be the one that reaches a fixed amount. */
export function poolsFor(offer: CompiledOffer, sale: SaleFacts): Facts['usage'] {
  const usage: Record<string, Usage> = {};
  const due = sale.lines.reduce((sum, { amount }) => sum + amount, 0);
  for (const benefit of offer.benefits) {
    const { timing } = benefit;
    if (timing.type !== 'cumulative' || !timing.once) continue;
    const [key] = poolCounters(offer, benefit, sale);
    if (key === undefined) continue;
    usage[key] =
      timing.amount === null
        ? { count: (timing.count ?? 1) - 1, amount: due * ((timing.count ?? 1) - 1) }
        : { count: 1, amount: Math.max(0, timing.amount - due) };
  }
  return usage;
}
