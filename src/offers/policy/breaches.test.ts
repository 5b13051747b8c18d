import { expect, test } from 'vitest';
import { type DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { breachesOf } from './breaches.ts';
import { approvalArticle } from './demands-approval.ts';
import { parsePolicy, type PolicyDefinition, type PolicyRule } from './policy-set.ts';

type Fields = Partial<DefinitionInput>;
type Benefit = DefinitionInput['benefits'][number];
type Ruled = PolicyRule extends infer Rule
  ? Rule extends PolicyRule
    ? Omit<Rule, 'article'>
    : never
  : never;

const text = { zh: '至多如此', en: 'at most so' };
const source = { zh: '《某法》第一条', en: 'Some Law, article 1' };

function policy(...rules: Ruled[]): PolicyDefinition {
  const read = parsePolicy({
    name: { zh: '规则', en: 'Rules' },
    effective_from: '2026-01-01',
    articles: [{ id: 'a1', text, source }],
    rules: rules.map((rule) => ({ ...rule, article: 'a1' })),
  });
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.definition;
}

const goods = {
  skus: new Map([['MARL-1', { category: '卷烟', price: 2_500 }]]),
  categories: new Map<string, number>(),
  brands: new Map<string, number>(),
};
const off = (by: object, more: object = {}): Fields => ({
  benefits: [{ kind: 'discount', off: by, ...more } as Benefit],
});
const back = (earn: object, more: object = {}): Fields => ({
  benefits: [{ kind: 'cashback', earn, ...more } as Benefit],
});
const points = (expiry: object): Fields => ({
  benefits: [{ kind: 'points', earn: { by: 'fixed', amount: 5 }, expiry } as Benefit],
});
const paid = (...funding: NonNullable<DefinitionInput['funding']>): Fields => ({
  ...back({ by: 'rate', rate: 1 }),
  funding,
});
const funder = { party: 'funder', funder_org: 9, budget: 'b' } as const;
const money = ['discount', 'cashback'] as ('discount' | 'cashback')[];
const member = (window: object, amount: number) =>
  ({ limits: { each: [{ per: 'member', window, amount }] } }) as Fields;
const from = '2026-01-01';
const smokes = ['卷烟', 'Cigarettes'];

test.each<[string, Ruled, Fields, string[]]>([
  // what                       rule                                                            offer                                                    breaches at
  [
    'a rate at its most',
    { type: 'rate_max', kinds: money, rate: 200_000 },
    off({ by: 'percent', rate: 200_000 }),
    [],
  ],
  [
    'a rate above',
    { type: 'rate_max', kinds: money, rate: 200_000 },
    off({ by: 'percent', rate: 200_001 }),
    ['/benefits/0/off/rate'],
  ],
  [
    'a step above',
    { type: 'rate_max', kinds: money, rate: 200_000 },
    back({
      by: 'tiered',
      steps: [
        { from: 1, rate: 1 },
        { from: 2, rate: 200_001 },
      ],
    }),
    ['/benefits/0/earn/steps/1/rate'],
  ],
  [
    'every second, too cheap',
    { type: 'rate_max', kinds: money, rate: 200_000 },
    off({ by: 'nth_item', nth: 2, rate: 500_000 }),
    ['/benefits/0/off/rate'],
  ],
  [
    'a rate of another kind',
    { type: 'rate_max', kinds: ['cashback'], rate: 1 },
    off({ by: 'percent', rate: 500_000 }),
    [],
  ],
  [
    'an amount at its most',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    off({ by: 'amount', amount: 5_000 }),
    [],
  ],
  [
    'an amount above',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    off({ by: 'amount', amount: 5_001 }),
    ['/benefits/0/off/amount'],
  ],
  [
    'an amount that repeats above',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    off({ by: 'amount', amount: 2_501, times: 2 }, { spend: 9_000 }),
    ['/benefits/0/off/amount'],
  ],
  [
    'an amount above, capped',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    off({ by: 'amount', amount: 9_000 }, { cap: 5_000 }),
    [],
  ],
  [
    'a cap above',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    back({ by: 'rate', rate: 1 }, { cap: 5_001 }),
    ['/benefits/0/cap'],
  ],
  [
    'a cap above under a limit',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    { ...back({ by: 'rate', rate: 1 }, { cap: 5_001 }), ...member({ type: 'day' }, 5_000) },
    [],
  ],
  [
    'a rate limited per day',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    { ...off({ by: 'percent', rate: 1 }), ...member({ type: 'day' }, 900_000) },
    [],
  ],
  [
    'a rate limited per sale',
    { type: 'grant_max', kinds: money, amount: 5_000 },
    { ...off({ by: 'percent', rate: 1 }), limits: { each: [{ per: 'sale', amount: 5_001 }] } },
    ['/limits/each/0/amount'],
  ],
  [
    'a rate without a word of amounts',
    { type: 'grant_max', kinds: money, amount: 1 },
    off({ by: 'percent', rate: 1 }),
    [],
  ],
  [
    'a generous rate without cap',
    { type: 'cap_above', kinds: money, rate: 300_000 },
    off({ by: 'percent', rate: 300_001 }),
    ['/benefits/0/cap'],
  ],
  [
    'a generous rate with cap',
    { type: 'cap_above', kinds: money, rate: 300_000 },
    off({ by: 'percent', rate: 300_001 }, { cap: 9 }),
    [],
  ],
  [
    'no limit per member',
    { type: 'member_max', kinds: ['cashback'], window: 'day', amount: 2_000 },
    back({ by: 'rate', rate: 1 }),
    ['/limits/each'],
  ],
  [
    'a limit per member and day',
    { type: 'member_max', kinds: ['cashback'], window: 'day', amount: 2_000 },
    { ...back({ by: 'rate', rate: 1 }), ...member({ type: 'day' }, 2_000) },
    [],
  ],
  [
    'a limit per member and month holds for the day',
    { type: 'member_max', kinds: ['cashback'], window: 'day', amount: 2_000 },
    { ...back({ by: 'rate', rate: 1 }), ...member({ type: 'month' }, 2_000) },
    [],
  ],
  [
    'a limit per day is none for the month',
    { type: 'member_max', kinds: ['cashback'], window: 'month', amount: 2_000 },
    { ...back({ by: 'rate', rate: 1 }), ...member({ type: 'day' }, 2_000) },
    ['/limits/each'],
  ],
  [
    'a limit too high',
    { type: 'member_max', kinds: ['cashback'], window: 'day', amount: 2_000 },
    { ...back({ by: 'rate', rate: 1 }), ...member({ type: 'day' }, 2_001) },
    ['/limits/each'],
  ],
  ['31 days', { type: 'term_max', days: 31 }, { schedule: { from, to: '2026-01-31' } }, []],
  [
    '32 days',
    { type: 'term_max', days: 31 },
    { schedule: { from, to: '2026-02-01' } },
    ['/schedule/to'],
  ],
  ['for ever', { type: 'term_max', days: 31 }, { schedule: { from } }, ['/schedule/to']],
  [
    'points of 90 days',
    { type: 'expiry_min', days: 90 },
    points({ type: 'rolling', days: 90 }),
    [],
  ],
  [
    'points of 89 days',
    { type: 'expiry_min', days: 90 },
    points({ type: 'rolling', days: 89 }),
    ['/benefits/0/expiry'],
  ],
  [
    'points to the end of this year',
    { type: 'expiry_min', days: 90 },
    points({ type: 'end_of_year', years: 0 }),
    ['/benefits/0/expiry'],
  ],
  [
    'points to the end of next year',
    { type: 'expiry_min', days: 90 },
    points({ type: 'end_of_year', years: 1 }),
    [],
  ],
  [
    'points to a day soon after the last',
    { type: 'expiry_min', days: 90 },
    points({ type: 'date', day: '2027-01-31' }),
    ['/benefits/0/expiry'],
  ],
  ['points for ever', { type: 'expiry_min', days: 90 }, points({ type: 'none' }), []],
  [
    'points for ever, too long',
    { type: 'expiry_max', days: 900 },
    points({ type: 'none' }),
    ['/benefits/0/expiry'],
  ],
  [
    'points of 900 days',
    { type: 'expiry_max', days: 900 },
    points({ type: 'rolling', days: 900 }),
    [],
  ],
  [
    'points of 900 days and the rest of the month',
    { type: 'expiry_max', days: 900 },
    points({ type: 'rolling', days: 900, round_up_to: 'month' }),
    ['/benefits/0/expiry'],
  ],
  [
    'half by a funder',
    { type: 'funding_max', party: 'funder', share: 500_000 },
    paid({ ...funder, share: 500_000 }, { party: 'merchant', share: 500_000 }),
    [],
  ],
  [
    'more by a funder',
    { type: 'funding_max', party: 'funder', share: 500_000 },
    paid({ ...funder, share: 500_001 }, { party: 'merchant', share: 499_999 }),
    ['/funding/0/share'],
  ],
  [
    'the rest by a funder',
    { type: 'funding_max', party: 'funder', share: 500_000 },
    paid({ ...funder, remainder: true }),
    ['/funding/0/remainder'],
  ],
  [
    'a funder without cap',
    { type: 'funding_max', party: 'funder', per_day: 100 },
    paid({ ...funder, share: 1_000_000 }),
    ['/funding/0/cap/per_day'],
  ],
  [
    'a funder under its cap',
    { type: 'funding_max', party: 'funder', per_day: 100 },
    paid({ ...funder, share: 1_000_000, cap: { per_day: 100 } }),
    [],
  ],
  [
    'tobacco',
    { type: 'category_forbidden', categories: smokes, kinds: money },
    off({ by: 'percent', rate: 1 }, { target: { categories: ['tea', 'cigarettes'] } }),
    ['/benefits/0/target/categories/1'],
  ],
  [
    'tobacco by its SKU',
    { type: 'category_forbidden', categories: smokes, kinds: money },
    off({ by: 'percent', rate: 1 }, { target: { skus: ['MARL-1'] } }),
    ['/benefits/0/target/skus/0'],
  ],
  [
    'a gift of tobacco',
    { type: 'category_forbidden', categories: smokes, kinds: ['gift'] },
    { benefits: [{ kind: 'gift', sku: 'MARL-1', quantity: 1 }] },
    ['/benefits/0/sku'],
  ],
  [
    'whoever buys tobacco',
    { type: 'category_forbidden', categories: smokes, kinds: money },
    { conditions: { type: 'contains', categories: ['卷烟'] } },
    ['/conditions/categories/0'],
  ],
  [
    'tobacco by a benefit of another kind',
    { type: 'category_forbidden', categories: smokes, kinds: ['points'] },
    off({ by: 'percent', rate: 1 }, { target: { categories: smokes } }),
    [],
  ],
  ['a sentence missing', { type: 'disclosure', text }, {}, ['/disclosures']],
  [
    'a sentence within another',
    { type: 'disclosure', text },
    { disclosures: [{ zh: '每日至多如此。', en: 'That is at most so a day.' }] },
    [],
  ],
  ['a sentence for other goods', { type: 'disclosure', text, categories: ['wine'] }, {}, []],
  [
    'a sentence for these goods',
    { type: 'disclosure', text, categories: ['Wine'] },
    off({ by: 'percent', rate: 1 }, { target: { categories: ['wine'] } }),
    ['/disclosures'],
  ],
  ['a sentence for another kind', { type: 'disclosure', text, kinds: ['points'] }, {}, []],
])('%s', (_, rule, fields, pointers) => {
  const found = breachesOf(exampleDefinition(fields), policy(rule), goods);
  expect(found.map(({ pointer }) => pointer)).toEqual(pointers);
  for (const { detail, article } of found) {
    expect(article.id).toBe('a1');
    expect(detail.zh).toContain(source.zh);
    expect(detail.en).toContain(source.en);
  }
});

test.each<[string, Fields, boolean]>([
  ['an amount at the limit', off({ by: 'amount', amount: 1_000 }), false],
  ['an amount above', off({ by: 'amount', amount: 1_001 }), true],
  ['a cap above', back({ by: 'rate', rate: 50_000 }, { cap: 1_001 }), true],
  ['a rate', back({ by: 'rate', rate: 50_000 }), false],
])('%s demands a second person: %s', (_, fields, demanded) => {
  const rules = policy({ type: 'approval_above', kinds: money, amount: 1_000 });
  expect(approvalArticle(exampleDefinition(fields), rules) !== null).toBe(demanded);
  expect(breachesOf(exampleDefinition(fields), rules, null)).toEqual([]);
});

const article = { id: 'a1', text, source };
const sound = {
  name: { zh: '规则', en: 'Rules' },
  effective_from: '2026-01-01',
  articles: [article],
  rules: [],
};

test.each<[string, object, string]>([
  ['no article', { articles: [] }, '/articles'],
  ['an article twice', { articles: [article, article] }, '/articles/1/id'],
  ['an article without source', { articles: [{ id: 'a1', text }] }, '/articles/0/source'],
  [
    'a rule that cites nothing',
    { rules: [{ type: 'term_max', article: 'a2', days: 1 }] },
    '/rules/0/article',
  ],
  [
    'a ceiling of nothing',
    { rules: [{ type: 'funding_max', article: 'a1', party: 'funder' }] },
    '/rules/0',
  ],
  ['a rule that is none', { rules: [{ type: 'lottery' }] }, '/rules/0/type'],
  [
    'a rate above 100 %',
    { rules: [{ type: 'rate_max', article: 'a1', kinds: ['discount'], rate: 1_000_001 }] },
    '/rules/0/rate',
  ],
  [
    'a kind that has no rate',
    { rules: [{ type: 'rate_max', article: 'a1', kinds: ['gift'], rate: 1 }] },
    '/rules/0/kinds/0',
  ],
  ['the year 0', { effective_from: '0000-01-01' }, '/effective_from'],
])('refused as rules: %s', (_, fields, pointer) => {
  const read = parsePolicy({ ...sound, ...fields });
  const faults = 'faults' in read ? read.faults : [];
  expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
  expect(faults[0]!.detail.zh).toMatch(/\p{Script=Han}/u);
});
