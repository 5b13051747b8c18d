import { test } from 'vitest';
import {
  type Fields,
  cashback,
  day,
  limited,
  month,
  points,
  save,
  expectFault,
} from './check.fixture.ts';

test.each<[string, Fields, string, RegExp]>([
  // how much, with what
  [
    'a limit of nothing',
    limited({ per: 'member', window: day }),
    '/limits/each/0',
    /count, amount or both/,
  ],
  [
    'a sale with a window',
    limited({ per: 'sale', amount: 1, window: day }),
    '/limits/each/0/window',
    /leave it out/,
  ],
  [
    'sales within a sale',
    limited({ per: 'sale', amount: 1, count: 1 }),
    '/limits/each/0/count',
    /amount only/,
  ],
  [
    'the same limit twice',
    limited({ per: 'card', window: day, count: 1 }, { per: 'card', window: day, count: 2 }),
    '/limits/each/1',
    /one of both/,
  ],
  [
    'more per sale than per day',
    limited({ per: 'sale', amount: 101 }, { per: 'member', window: day, amount: 100 }),
    '/limits/each/0/amount',
    /at most 100, the limit per member day/,
  ],
  [
    'more per line than per sale',
    limited({ per: 'sale', amount: 100 }, { per: 'line', amount: 101 }),
    '/limits/each/1/amount',
    /per sale/,
  ],
  [
    'more per day than per month',
    limited({ per: 'member', window: day, count: 3 }, { per: 'member', window: month, count: 2 }),
    '/limits/each/0/count',
    /per member month/,
  ],
  [
    'more per member than in all',
    limited(
      { per: 'member', window: month, amount: 9 },
      { per: 'offer', window: { type: 'total' }, amount: 8 },
    ),
    '/limits/each/0/amount',
    /per offer total/,
  ],
  [
    'more in a week than in 7 days',
    limited(
      { per: 'card', window: { type: 'week' }, count: 9 },
      { per: 'card', window: { type: 'rolling', days: 7 }, count: 8 },
    ),
    '/limits/each/0/count',
    /rolling 7 days/,
  ],
  [
    'one amount over two units',
    { benefits: [points, cashback], ...limited({ per: 'sale', amount: 100 }) },
    '/limits/each/0/amount',
    /fen and points cannot share/,
  ],
  [
    'an amount of coupons',
    {
      benefits: [{ kind: 'coupon', template: 't', quantity: 1 }],
      ...limited({ per: 'sale', amount: 1 }),
    },
    '/limits/each/0/amount',
    /give count/,
  ],
  [
    'a whole grant above its limit',
    {
      ...save(500, 600),
      limits: { each: [{ per: 'member', window: day, amount: 499 }], partial_grants: false },
    },
    '/limits/each/0/amount',
    /at least the 500/,
  ],
  [
    'discount in the earning lane',
    { stacking: { lane: 'earning' } },
    '/stacking/lane',
    /line, order, coupon or tender/,
  ],
  [
    'points in a discount lane',
    { benefits: [points], stacking: { lane: 'order' } },
    '/stacking/lane',
    /leave it out/,
  ],
  ['first of no group', { stacking: { pick: 'first' } }, '/stacking/pick', /give group/],
  ['the best three', { stacking: { group: 'g', most: 3 } }, '/stacking/most', /pick all/],
  [
    'not with itself',
    { stacking: { not_with: ['OTHER', 'EXAMPLE'] } },
    '/stacking/not_with/1',
    /exclude itself/,
  ],
])('refused: %s', (_, fields, pointer, en) => expectFault(fields, pointer, en));
