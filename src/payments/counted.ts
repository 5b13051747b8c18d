import type { HistoryAsked } from '#offers';
import { netBack, type RefundState, type SoldLine } from './payment.ts';

type Target = HistoryAsked['target'];

/** What one sale adds to a history. */
export interface Counted {
  /** fen paid, less what went back. */
  readonly amount: number;
  /** 1, or 0 where nothing of it counts. */
  readonly count: 0 | 1;
}

/** What went back of a sale, in goods and in money. */
export interface Gone extends RefundState {
  /** fen given back. */
  readonly refunded: number;
}

const NOTHING: Counted = { amount: 0, count: 0 };

/**
 * What a sale adds to a history of all lines (target null) or of the chosen ones; read-history.ts says the same
 * in SQL.
 * @param gone what went back of it; null where it counts for nothing: wholly back, or not sold yet
 */
export function countedOf(lines: readonly SoldLine[], gone: Gone | null, target: Target): Counted {
  if (gone === null) return NOTHING;
  if (target === null)
    return { amount: lines.reduce((sum, { net }) => sum + net, -gone.refunded), count: 1 };
  let amount = 0;
  let any = false;
  lines.forEach((line, at) => {
    if (!chosen(target, line)) return;
    const back = gone.amounts[at] ?? 0;
    amount += line.net - netBack(line, back);
    if (back < line.amount || (gone.quantities[at] ?? 0) < line.quantity) any = true;
  });
  return any ? { amount, count: 1 } : NOTHING;
}

function chosen({ skus, categories, brands }: NonNullable<Target>, line: SoldLine): boolean {
  return (
    skus.includes(line.sku) ||
    (line.category !== null && categories.includes(line.category)) ||
    (line.brand !== null && brands.includes(line.brand))
  );
}
