import { test } from 'vitest';
import {
  type Fields,
  cashback,
  funder,
  merchant,
  paid,
  points,
  expectFault,
} from './check.fixture.ts';

test.each<[string, Fields, string, RegExp]>([
  // who pays
  ['shares of 99.9999 %', { funding: [{ ...merchant, share: 999_999 }] }, '/funding', /1,000,000/],
  [
    'shares of a benefit above 100 %',
    {
      benefits: [
        {
          ...cashback,
          funding: [
            { ...merchant, share: 500_000 },
            { ...funder, share: 500_001 },
          ],
        },
      ],
    },
    '/benefits/0/funding',
    /not 1000001/,
  ],
  ['a fixed part alone', paid({ ...funder, fixed: 300 }), '/funding', /remainder true/],
  [
    'fixed and share without the rest',
    paid({ ...funder, fixed: 300 }, { ...merchant, share: 1_000_000 }),
    '/funding',
    /remainder true/,
  ],
  [
    'two who take the rest',
    paid({ ...funder, remainder: true }, { ...merchant, remainder: true }),
    '/funding/1/remainder',
    /only one/,
  ],
  [
    'shares that leave no rest',
    paid({ ...funder, share: 1_000_000 }, { ...merchant, remainder: true }),
    '/funding',
    /less than/,
  ],
  [
    'a payer who pays nothing',
    paid({ ...funder, share: 1_000_000 }, merchant),
    '/funding/1',
    /exactly one/,
  ],
  [
    'a payer of two parts',
    paid({ ...funder, share: 1_000_000, fixed: 5 }),
    '/funding/0/fixed',
    /exactly one/,
  ],
  [
    'a funder without org',
    paid({ party: 'funder', budget: 'b', share: 1_000_000 }),
    '/funding/0/funder_org',
    /org id/,
  ],
  [
    'a funder without budget',
    paid({ party: 'funder', funder_org: 9, share: 1_000_000 }),
    '/funding/0/budget',
    /name it/,
  ],
  [
    'a merchant with an org',
    { funding: [{ ...merchant, funder_org: 9, share: 1_000_000 }] },
    '/funding/0/funder_org',
    /left out/,
  ],
  [
    'a store with a budget',
    { funding: [{ party: 'store', budget: 'b', share: 1_000_000 }] },
    '/funding/0/budget',
    /own book/,
  ],
  [
    'points from a budget',
    { benefits: [points], funding: [{ ...funder, share: 1_000_000 }] },
    '/funding/0/budget',
    /cannot pay points/,
  ],
  [
    'the same payer twice',
    paid({ ...funder, share: 500_000 }, { ...funder, share: 500_000 }),
    '/funding/1',
    /only once/,
  ],
  [
    'nobody to pass on to',
    paid({ ...merchant, share: 500_000 }, { ...funder, share: 500_000, overflow: 'next' }),
    '/funding/1/overflow',
    /cut/,
  ],
  [
    'a cap of nothing',
    paid({ ...funder, share: 1_000_000, cap: {} }),
    '/funding/0/cap',
    /one of them/,
  ],
  [
    'a cap per sale above the day',
    paid({ ...funder, share: 1_000_000, cap: { per_sale: 2, per_day: 1 } }),
    '/funding/0/cap/per_sale',
    /at most the 1 fen/,
  ],
  [
    'a cap per month above the total',
    paid({ ...funder, share: 1_000_000, cap: { per_month: 2, total: 1 } }),
    '/funding/0/cap/per_month',
    /total/,
  ],
  [
    'a fixed part above its cap',
    paid({ ...funder, fixed: 300, cap: { per_sale: 299 } }, { ...merchant, remainder: true }),
    '/funding/0/cap/per_sale',
    /300/,
  ],
  [
    'a fixed part in two units',
    {
      benefits: [points, cashback],
      funding: [
        { ...merchant, remainder: true },
        { party: 'store', fixed: 5 },
      ],
    },
    '/funding/1/fixed',
    /of their own/,
  ],
])('refused: %s', (_, fields, pointer, en) => expectFault(fields, pointer, en));
