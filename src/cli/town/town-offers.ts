import type { DefinitionInput } from '#offers';
import { QINGLAN } from './goods.ts';

/** A budget as the ledger knows it. */
export interface BudgetRef {
  readonly funderOrg: number;
  readonly budget: string;
}

const WEEKDAYS = [1, 2, 3, 4, 5];
const YEAR = { type: 'rolling', days: 365 } as const;
const PER_YUAN = { by: 'per_yuan', rate: 1_000_000 } as const;

/** The tea shop's own offers; the brand pays most of one. */
export function lantingOffers(from: string, brand: BudgetRef): DefinitionInput[] {
  const schedule = { from };
  return [
    {
      code: 'LT-POINTS',
      name: { zh: '会员每元一分', en: 'Members: a point per yuan' },
      schedule,
      audience: { members_only: true },
      benefits: [{ kind: 'points', earn: PER_YUAN, expiry: YEAR }],
    },
    {
      code: 'LT-AFTERNOON',
      name: { zh: '工作日下午茶九折', en: 'Weekday afternoons: 10 % off drinks' },
      schedule: { from, weekdays: WEEKDAYS, hours: [{ from: '14:00', to: '17:00' }] },
      benefits: [
        {
          kind: 'discount',
          off: { by: 'percent', rate: 100_000 },
          target: { categories: ['现泡', '奶茶', '果茶'] },
        },
      ],
    },
    {
      code: 'LT-200-20',
      name: { zh: '满 200 减 20', en: '20 off from 200' },
      schedule,
      benefits: [
        { kind: 'discount', off: { by: 'amount', amount: 2_000, times: 2 }, spend: 20_000 },
      ],
    },
    {
      code: 'LT-BACK-3',
      name: { zh: '会员返现 3%,每日至多 10 元', en: 'Members: 3 % back, at most 10 yuan a day' },
      schedule,
      audience: { members_only: true },
      benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 30_000 } }],
      limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 1_000 }] },
    },
    {
      code: 'LT-QINGLAN-8',
      name: { zh: '青岚茶器返现 8%', en: '8 % back on Qinglan goods' },
      schedule,
      audience: { members_only: true },
      benefits: [
        {
          kind: 'cashback',
          earn: { by: 'rate', rate: 80_000 },
          cap: 3_000,
          target: { brands: [QINGLAN] },
        },
      ],
      funding: [
        { party: 'funder', funder_org: brand.funderOrg, budget: brand.budget, share: 700_000 },
        { party: 'merchant', share: 300_000 },
      ],
    },
  ];
}

/** The bakery's own offers. */
export function sunriseOffers(from: string): DefinitionInput[] {
  return [
    {
      code: 'SR-POINTS',
      name: { zh: '会员每元一分', en: 'Members: a point per yuan' },
      schedule: { from },
      audience: { members_only: true },
      benefits: [{ kind: 'points', earn: PER_YUAN, expiry: YEAR }],
    },
    {
      code: 'SR-EVENING',
      name: { zh: '晚七点后面包八折', en: '20 % off bread after seven' },
      schedule: { from, hours: [{ from: '19:00', to: '24:00' }] },
      benefits: [
        {
          kind: 'discount',
          off: { by: 'percent', rate: 200_000 },
          target: { categories: ['面包', '酥点'] },
        },
      ],
    },
    {
      code: 'SR-THREE',
      name: { zh: '酥点三件减 5 元', en: 'Three pastries: 5 yuan off' },
      schedule: { from },
      conditions: { type: 'contains', categories: ['酥点'], quantity: 3 },
      benefits: [
        {
          kind: 'discount',
          off: { by: 'amount', amount: 500 },
          target: { categories: ['酥点'] },
        },
      ],
    },
  ];
}

/** What the brand gives the members of its own club, in the tea shop's stores. */
export function brandOffers(from: string): DefinitionInput[] {
  return [
    {
      code: 'QL-POINTS',
      name: { zh: '青岚商品每元两分', en: 'Two points per yuan on Qinglan goods' },
      schedule: { from },
      benefits: [
        {
          kind: 'points',
          earn: { by: 'per_yuan', rate: 2_000_000 },
          expiry: { type: 'end_of_year', years: 1 },
          target: { brands: [QINGLAN] },
        },
      ],
    },
  ];
}
