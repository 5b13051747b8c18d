import { expect, test } from 'vitest';
import { settleShortage, type Shortage } from './settle-shortage.ts';

type Row = readonly [kind: 'points' | 'cashback', amount: number, shortage: Shortage];

test.each([
  // parts; missing points, fen; ppm per point; most -> per part: spent, withheld, borne, debt
  ['a debt', [['points', 50, 'member_debt']], 20, 0, 800_000, 900, [[20, 0, 0, 20]]],
  ['borne', [['cashback', 50, 'payer']], 0, 20, null, 900, [[20, 0, 20, 0]]],
  ['withheld', [['cashback', 50, 'from_refund']], 0, 20, null, 900, [[20, 20, 0, 0]]],
  ['at their value, half-up', [['points', 50, 'from_refund']], 7, 0, 500_000, 900, [[7, 4, 0, 0]]],
  ['as far as it goes', [['cashback', 50, 'from_refund']], 0, 20, null, 15, [[20, 15, 0, 5]]],
  ['so many points', [['points', 50, 'from_refund']], 30, 0, 800_000, 10, [[30, 10, 0, 17]]],
  ['worth no fen', [['points', 50, 'from_refund']], 1, 0, 400_000, 900, [[1, 0, 0, 1]]],
  ['of no known value', [['points', 50, 'from_refund']], 9, 0, null, 900, [[9, 0, 0, 9]]],
  [
    'cashback before points',
    [
      ['points', 100, 'from_refund'],
      ['cashback', 100, 'from_refund'],
    ],
    50,
    60,
    1_000_000,
    80,
    [
      [50, 20, 0, 30],
      [60, 60, 0, 0],
    ],
  ],
  [
    'each by its own policy',
    [
      ['cashback', 100, 'member_debt'],
      ['cashback', 200, 'payer'],
      ['cashback', 100, 'from_refund'],
    ],
    0,
    200,
    null,
    900,
    [
      [50, 0, 0, 50],
      [100, 0, 100, 0],
      [50, 50, 0, 0],
    ],
  ],
] as const)('%s', (_, parts, points, cashback, pointValuePpm, most, expected) => {
  const asked = (parts as readonly Row[]).map(([kind, amount, shortage]) => ({
    kind,
    amount,
    shortage,
  }));
  const settled = settleShortage(asked, { missing: { points, cashback }, pointValuePpm, most });
  expect(settled.map(({ spent, withheld, borne, debt }) => [spent, withheld, borne, debt])).toEqual(
    expected,
  );
  for (const { spent, covered, borne, debt } of settled) expect(covered + borne + debt).toBe(spent);
});
