import fc from 'fast-check';
import type { Target } from './definition.ts';

/** The names that random rules and random sales share, so that rules meet the sales they ask for. */
export const world = {
  stores: ['store-1', 'store-2'],
  terminals: ['t1', 't2'],
  skus: ['tea', 'cup', 'cake', 'book'],
  categories: ['drinks', 'ware', 'food'],
  brands: ['leaf', 'clay'],
  tiers: ['silver', 'gold'],
  labels: ['loyal', 'at-risk'],
  methods: ['cash', 'card', 'wallet'],
  issuers: ['ICBC', 'CMB'],
  bins: ['622202', '621700', '439188'],
  mccs: ['5812', '5411'],
  codes: ['SPRING', 'TEA10'],
  templates: ['next-visit', 'birthday'],
  /** Budget id -> org id of its funder. */
  budgets: { spring: 21, summer: 22 },
} as const;

/** Days of 2026 with their weekday and what the calendar says; 10 October is a make-up day. */
export const worldDays = [
  { day: '2026-01-01', weekday: 4, dayKind: 'holiday' },
  { day: '2026-02-28', weekday: 6, dayKind: 'workday' },
  { day: '2026-10-01', weekday: 4, dayKind: 'holiday' },
  { day: '2026-10-10', weekday: 6, dayKind: 'workday' },
  { day: '2026-11-20', weekday: 5, dayKind: 'workday' },
  { day: '2026-11-21', weekday: 6, dayKind: 'rest' },
  { day: '2026-12-31', weekday: 4, dayKind: 'workday' },
] as const;

/** At least one of the names, each at most once. */
export function some<T>(from: readonly T[]): fc.Arbitrary<T[]> {
  return fc.subarray<T>([...from], { minLength: 1 });
}

/** Amounts in fen of the size of a till's, the odd ones among them. */
export const anyMoney: fc.Arbitrary<number> = fc.integer({ min: 1, max: 30_000 });

/** A choice of lines that names at least one. */
export const anyItems: fc.Arbitrary<Target> = fc
  .record(
    {
      skus: some(world.skus),
      categories: some(world.categories),
      brands: some(world.brands),
    },
    { requiredKeys: [] },
  )
  .filter((items) => Object.keys(items).length > 0);

/** Both bounds, or one of them; the lower is never above the upper. */
export function anyBounds<Low extends string, High extends string>(
  low: Low,
  high: High,
  value: fc.Arbitrary<number>,
): fc.Arbitrary<Partial<Record<Low | High, number>>> {
  return fc
    .tuple(value, value, fc.constantFrom('both', 'low', 'high'))
    .map(([one, other, which]) => ({
      ...(which !== 'high' && { [low]: Math.min(one, other) }),
      ...(which !== 'low' && { [high]: Math.max(one, other) }),
    })) as fc.Arbitrary<Partial<Record<Low | High, number>>>;
}

const times = ['00:00', '06:00', '08:30', '12:00', '18:00', '23:59', '24:00'] as const;

/** One or two ranges of time, each ending after it begins. */
export const anyHours = fc
  .uniqueArray(fc.nat(times.length - 1), { minLength: 2, maxLength: 4 })
  .filter(({ length }) => length % 2 === 0)
  .map((picked) => {
    const sorted = picked.toSorted((a, b) => a - b).map((index) => times[index]!);
    return Array.from({ length: sorted.length / 2 }, (_, pair) => ({
      from: sorted[2 * pair]!,
      to: sorted[2 * pair + 1]!,
    }));
  });
