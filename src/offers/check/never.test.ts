import { test } from 'vitest';
import {
  cashback,
  expectFault,
  type Fields,
  from,
  off,
  points,
  save,
  when,
} from './check.fixture.ts';
import {
  type Condition,
  all,
  none,
  amount,
  units,
  tender,
  some,
  bin,
  issuer,
  goods,
  summer,
} from './condition-words.fixture.ts';

test.each<[string, Fields, string, RegExp]>([
  // when
  [
    'weekdays that never meet',
    { schedule: { from, weekdays: [1] }, ...when({ type: 'weekday', weekdays: [2] }) },
    '/conditions',
    /leave only 1/,
  ],
  [
    'weekdays excluded',
    { schedule: { from, weekdays: [1] }, ...when(none({ type: 'weekday', weekdays: [1, 2] })) },
    '/conditions/of/0',
    /weekday/,
  ],
  [
    'hours that never meet',
    {
      schedule: { from, hours: [{ from: '08:00', to: '10:00' }] },
      ...when({ type: 'hours', hours: [{ from: '10:00', to: '11:00' }] }),
    },
    '/conditions',
    /08:00/,
  ],
  [
    'kinds of day',
    all({ type: 'day_kind', kinds: ['workday'] }, { type: 'day_kind', kinds: ['rest', 'holiday'] }),
    '/conditions/of/1',
    /leave only workday/,
  ],
  [
    'days of the month',
    all({ type: 'days_of_month', days: [1] }, { type: 'days_of_month', days: [31] }),
    '/conditions/of/1',
    /leave only 1/,
  ],
  [
    'no such weekday in the schedule',
    {
      schedule: { from: '2026-06-01', to: '2026-06-06' },
      ...when({ type: 'weekday', weekdays: [7] }),
    },
    '/conditions',
    /no day of the schedule/,
  ],
  [
    'no 31st in the schedule',
    {
      schedule: { from: '2026-06-01', to: '2026-06-30' },
      ...when({ type: 'days_of_month', days: [31] }),
    },
    '/conditions',
    /no day/,
  ],
  [
    'no holiday in the schedule',
    { ...summer(), ...when({ type: 'day_kind', kinds: ['holiday'] }) },
    '/conditions',
    /no day/,
  ],
  [
    'a working Saturday that is none',
    { schedule: { from: '2026-06-06', to: '2026-06-06', day_kinds: ['workday'] } },
    '/schedule/day_kinds',
    /no day/,
  ],
  [
    'rest on every day',
    summer([
      { from: '2026-05-01', to: '2026-06-03' },
      { from: '2026-06-04', to: '2026-06-07' },
    ]),
    '/schedule/blackout',
    /every day/,
  ],
  [
    'rest on the only Monday',
    {
      schedule: {
        from: '2026-06-01',
        to: '2026-06-07',
        weekdays: [1],
        blackout: [{ from: '2026-06-01', to: '2026-06-01' }],
      },
    },
    '/schedule/weekdays',
    /no day/,
  ],
  // how it is paid
  ['all card and all cash', all(tender('card'), tender('cash')), '/conditions/of/1', /loosen/],
  ['all cash and some card', all(tender('cash'), some('card')), '/conditions/of/1', /match any/],
  [
    'cash of a bank',
    all(tender('cash'), issuer('ICBC')),
    '/conditions/of/1',
    /only card shows a card/,
  ],
  [
    'cash from a wallet',
    all(tender('cash'), { type: 'wallet', wallets: ['wechat'] }),
    '/conditions/of/1',
    /tenders/,
  ],
  [
    'a card from a wallet',
    all(issuer('ICBC'), { type: 'wallet', wallets: ['wechat'] }),
    '/conditions/of/1',
    /tenders/,
  ],
  [
    'cash alone, and no cash',
    all(none(some('cash')), tender('cash')),
    '/conditions/of/1',
    /tenders/,
  ],
  [
    'a bank, but no card',
    all(issuer('ICBC'), none(some('card'))),
    '/conditions/of/1/of/0',
    /tenders/,
  ],
  [
    'two banks at once',
    all(issuer('ICBC'), issuer('CCB')),
    '/conditions/of/1',
    /issuer, card number/,
  ],
  [
    'two card numbers at once',
    all(bin('6222'), bin('6223', '622300')),
    '/conditions/of/1',
    /card number/,
  ],
  [
    'card numbers excluded',
    all(bin('62220'), none({ ...bin('6222'), match: 'any' } as Condition)),
    '/conditions/of/1/of/0',
    /tenders/,
  ],
  [
    'debit and credit',
    all({ type: 'card_kind', kinds: ['debit'] }, { type: 'card_kind', kinds: ['credit'] }),
    '/conditions/of/1',
    /kind/,
  ],
  [
    'two wallets',
    all({ type: 'wallet', wallets: ['wechat'] }, { type: 'wallet', wallets: ['alipay'] }),
    '/conditions/of/1',
    /tenders/,
  ],
  // what is given
  [
    'a basket under the threshold',
    { ...save(10, 100), ...when(amount({ max: 99 })) },
    '/benefits/0/spend',
    /never given/,
  ],
  [
    'a basket under the first step',
    { ...off({ by: 'tiered', steps: [{ from: 100, rate: 1 }] }), ...when(amount({ max: 99 })) },
    '/benefits/0/off/steps/0/from',
    /never given/,
  ],
  [
    'goods that no basket has',
    {
      ...off({ by: 'percent', rate: 50_000 }, { target: { skus: ['tea'] } }),
      ...when(none(goods('tea'))),
    },
    '/benefits/0/target',
    /never given/,
  ],
  [
    'every fifth of four',
    { ...off({ by: 'nth_item', nth: 5, rate: 500_000 }), ...when(units({ max: 4 })) },
    '/benefits/0/off/nth',
    /units/,
  ],
  [
    'three for two of two',
    { ...off({ by: 'buy_get', buy: 2, get: 1, rate: 1_000_000 }), ...when(units({ max: 2 })) },
    '/benefits/0/off/get',
    /units/,
  ],
  [
    'a bundle larger than the basket',
    {
      ...off({
        by: 'bundle',
        parts: [
          { skus: ['tea'], quantity: 1 },
          { skus: ['cup'], quantity: 2 },
        ],
        price: 100,
      }),
      ...when(units({ max: 2 })),
    },
    '/benefits/0/off/parts',
    /units/,
  ],
  [
    'one of two that gives nothing',
    { benefits: [cashback, { ...cashback, spend: 100 }], ...when(amount({ max: 99 })) },
    '/benefits/1/spend',
    /never given/,
  ],
  [
    'a rate that rounds to nothing',
    {
      benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 5_049 } }],
      ...when(amount({ max: 99 })),
    },
    '/benefits/0/earn/rate',
    /at least 5051/,
  ],
  [
    'points that round to nothing',
    { benefits: [points], ...when(amount({ max: 99 })) },
    '/benefits/0/earn/rate',
    /at least 1010102/,
  ],
])('never holds: %s', (_, fields, pointer, en) => expectFault(fields, pointer, en));
