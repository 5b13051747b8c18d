import type { LeafTest } from '../engine/condition.ts';
import type { CompiledBenefit } from '../engine/offer.ts';
import type { Miss } from './miss.ts';

/** What a pool still lacks, by amount or count, whichever is nearer to its end; empty where nothing waits. */
export function poolMisses(
  pool: { readonly amount: number; readonly count: number },
  { timing, target }: CompiledBenefit,
): Miss[] {
  if (timing.type !== 'cumulative') return [];
  const { window, whose } = timing;
  const way = (measure: 'amount' | 'count', actual: number, required: number | null): Miss[][] => {
    if (required === null) return [];
    const bounds = { min: required, max: Infinity, every: 0 } as const;
    const test: LeafTest = { type: 'history', whose, measure, window, items: target, ...bounds };
    const rest = { actual, required, missing: required - actual, inverted: false } as const;
    return [
      [
        measure === 'amount'
          ? { test, ...rest, unit: 'fen', reach: 'spend' }
          : { test, ...rest, unit: 'purchases', reach: 'later' },
      ],
    ];
  };
  const ways = [
    ...way('amount', pool.amount, timing.amount),
    ...way('count', pool.count, timing.count),
  ];
  return ways.toSorted(([one], [other]) => leftOf(one!) - leftOf(other!))[0] ?? [];
}

function leftOf({ missing, required }: Miss): number {
  return (missing ?? 0) / Number(required);
}
