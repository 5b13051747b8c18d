import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import type { Usage } from './facts.ts';
import { basket, decided } from './tables.fixture.ts';

type Payer = NonNullable<DefinitionInput['funding']>[number];

const PARTIES: Record<string, Partial<Payer>> = {
  merchant: { party: 'merchant' },
  store: { party: 'store' },
  bank: { party: 'funder', funder_org: 9, budget: 'bank' },
  brand: { party: 'funder', funder_org: 8, budget: 'brand' },
};

/** "bank 70% day=100 next, merchant rest": party, part, caps, and what becomes of the overflow. */
function payersOf(text: string): Payer[] {
  return text.split(', ').map((written) => {
    const [party = '', part = '', ...words] = written.split(' ');
    const caps = words
      .filter((word) => word.includes('='))
      .map((word) => [
        { sale: 'per_sale', day: 'per_day', month: 'per_month', total: 'total' }[
          word.split('=')[0]!
        ],
        Number(word.split('=')[1]),
      ]);
    return {
      ...PARTIES[party],
      ...(part === 'rest'
        ? { remainder: true }
        : part.endsWith('%')
          ? { share: Math.round(Number(part.slice(0, -1)) * 10_000) }
          : { fixed: Number(part) }),
      ...(caps.length > 0 && { cap: Object.fromEntries(caps) }),
      ...(words.includes('next') && { overflow: 'next' }),
    } as Payer;
  });
}

interface Given {
  readonly budgets?: Record<string, number>;
  readonly usage?: Record<string, number>;
  readonly whole?: boolean;
}

/** Pays 1,000 fen of cashback; gives "bank 700, merchant 300", or why it does not. */
function paid(text: string, { budgets = {}, usage = {}, whole = false }: Given, amount = 1_000) {
  const used = Object.fromEntries(
    Object.entries(usage).map(([key, each]): [string, Usage] => [key, { count: 0, amount: each }]),
  );
  const { decisions, denied } = decided(
    {
      a: {
        benefits: [{ kind: 'cashback', earn: { by: 'fixed', amount } }],
        funding: payersOf(text),
        limits: { partial_grants: !whole },
      },
    },
    { lines: basket('tea 1 100000'), budgets: { bank: 1e9, brand: 1e9, ...budgets }, usage: used },
  );
  const [decision] = decisions;
  if (decision === undefined) return denied.join();
  const parts = decision.funding.map(
    ({ party, budget, amount: part }) => `${budget ?? party} ${part}`,
  );
  expect(decision.funding.reduce((sum, part) => sum + part.amount, 0)).toBe(decision.amount);
  return [parts.join(', '), ...(decision.partly ? [decision.partly] : [])].join(' | ');
}

test.each<[string, string, Given, string]>([
  // what                          payers                                 given                                who pays
  ['one payer', 'merchant 100%', {}, 'merchant 1000'],
  ['shares', 'bank 70%, merchant 30%', {}, 'bank 700, merchant 300'],
  [
    'thirds',
    'bank 33.3333%, brand 33.3333%, merchant 33.3334%',
    {},
    'bank 333, brand 333, merchant 334',
  ],
  ['fixed and remainder', 'bank 300, merchant rest', {}, 'bank 300, merchant 700'],
  ['a fixed part above the grant', 'bank 3000, merchant rest', {}, 'bank 1000'],
  [
    'two fixed parts above the grant',
    'bank 600, brand 600, merchant rest',
    {},
    'bank 600, brand 400',
  ],
  [
    'fixed, a share of what it leaves, remainder',
    'bank 100, brand 50%, store rest',
    {},
    'bank 100, brand 450, store 450',
  ],
  ['the remainder first', 'merchant rest, bank 300', {}, 'merchant 700, bank 300'],
  // cut: the benefit shrinks and every payer keeps its proportion
  ['a cap exactly met', 'bank 70% sale=700, merchant 30%', {}, 'bank 700, merchant 300'],
  [
    'a cap a fen short',
    'bank 70% sale=699, merchant 30%',
    {},
    'bank 699, merchant 299 | payer_cap',
  ],
  ['a cap, not in part', 'bank 70% sale=699, merchant 30%', { whole: true }, 'payer_cap 699 700'],
  ['a cap of one fen', 'bank 70% sale=1, merchant 30%', {}, 'bank 1 | payer_cap'],
  [
    'a cap used up today',
    'bank 70% day=900, merchant 30%',
    { usage: { 'payer:a:0:day:2026-11-21': 900 } },
    'payer_cap 0 700',
  ],
  [
    'a cap nearly used up',
    'bank 70% day=900, merchant 30%',
    { usage: { 'payer:a:0:day:2026-11-21': 550 } },
    'bank 350, merchant 150 | payer_cap',
  ],
  [
    'a cap of the month',
    'bank 70% month=900, merchant 30%',
    { usage: { 'payer:a:0:month:2026-11-01': 550 } },
    'bank 350, merchant 150 | payer_cap',
  ],
  [
    'a cap in total',
    'merchant 30%, bank 70% total=900',
    { usage: { 'payer:a:1:total': 550 } },
    'merchant 150, bank 350 | payer_cap',
  ],
  [
    'the tighter of two caps',
    'bank 70% sale=699 day=350, merchant 30%',
    {},
    'bank 350, merchant 150 | payer_cap',
  ],
  [
    'both payers capped',
    'bank 70% sale=350, merchant 30% sale=120',
    {},
    'bank 280, merchant 120 | payer_cap',
  ],
  [
    'a fixed part capped cuts it all',
    'bank 300 sale=200, merchant rest',
    {},
    'bank 200 | payer_cap',
  ],
  [
    'a capped remainder',
    'bank 300, merchant rest sale=500',
    {},
    'bank 300, merchant 500 | payer_cap',
  ],
  [
    'a budget exactly met',
    'bank 70%, merchant 30%',
    { budgets: { bank: 700 } },
    'bank 700, merchant 300',
  ],
  [
    'a budget a fen short',
    'bank 70%, merchant 30%',
    { budgets: { bank: 699 } },
    'bank 699, merchant 299 | budget',
  ],
  [
    'a budget, not in part',
    'bank 70%, merchant 30%',
    { budgets: { bank: 699 }, whole: true },
    'budget 699 700',
  ],
  ['an empty budget', 'bank 70%, merchant 30%', { budgets: { bank: 0 } }, 'budget 0 700'],
  [
    'what binds is told: the budget',
    'bank 70% sale=600, merchant 30%',
    { budgets: { bank: 500 } },
    'bank 500, merchant 214 | budget',
  ],
  [
    'what binds is told: the cap',
    'bank 70% sale=500, merchant 30%',
    { budgets: { bank: 600 } },
    'bank 500, merchant 214 | payer_cap',
  ],
  // next: what is left unpaid goes on down the list
  ['passed on', 'bank 70% sale=500 next, merchant 30%', {}, 'bank 500, merchant 500'],
  [
    'passed on twice',
    'bank 70% sale=500 next, brand 20% sale=300 next, merchant 10%',
    {},
    'bank 500, brand 300, merchant 200',
  ],
  [
    'passed on, and cut there',
    'bank 70% sale=500 next, merchant 30% sale=400',
    {},
    'bank 500, merchant 400 | payer_cap',
  ],
  [
    'passed on, nobody left',
    'merchant 30%, bank 70% sale=500 next',
    {},
    'merchant 214, bank 500 | payer_cap',
  ],
  [
    'an empty budget passed on',
    'bank 70% next, merchant 30%',
    { budgets: { bank: 0 } },
    'merchant 1000',
  ],
  [
    'passed on, not in part: it is whole',
    'bank 70% sale=500 next, merchant 30%',
    { whole: true },
    'bank 500, merchant 500',
  ],
  [
    'passed on, not in part: it is not',
    'bank 70% sale=500 next, merchant 30% sale=499',
    { whole: true },
    'payer_cap 499 300',
  ],
])('%s', (_what, payers, given, who) => {
  expect(paid(payers, given)).toBe(who);
});

test('caps count what a payer paid of this offer, and give each benefit with payers of its own a count of its own', () => {
  const funding = payersOf('bank 70% day=900, merchant 30%');
  const cashback = { kind: 'cashback', earn: { by: 'fixed', amount: 1_000 } } as const;
  const { decisions } = decided(
    {
      a: { benefits: [cashback, cashback, { ...cashback, funding }], funding },
      b: { benefits: [cashback], funding },
    },
    { lines: basket('tea 1 100000'), budgets: { bank: 10_000 } },
  );
  expect(decisions.map(({ offer, amount, counters }) => [offer, amount, counters])).toEqual([
    ['a', 1_000, [{ key: 'payer:a:0:day:2026-11-21', count: 0, amount: 700, payer: 0 }]],
    ['a', 285, [{ key: 'payer:a:0:day:2026-11-21', count: 0, amount: 200, payer: 0 }]],
    ['a', 1_000, [{ key: 'payer:a:2.0:day:2026-11-21', count: 0, amount: 700, payer: 0 }]],
    ['b', 1_000, [{ key: 'payer:b:0:day:2026-11-21', count: 0, amount: 700, payer: 0 }]],
  ]);
});

test('a budget that is too small is told, whoever pays in the end', () => {
  expect(paid('bank 70% next, merchant 30%', { budgets: { bank: 100 } })).toBe(
    'bank 100, merchant 900',
  );
});
