import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decide,
  compileOffers,
  definition,
  type DefinitionInput,
  type Facts,
  type OfferVersion,
} from '#offers';
import { NOTHING_EARLIER, withMore } from './earlier-refunds.ts';
import { nothingRefunded, type RefundLine, refundStep, type SoldLine } from './payment.ts';
import { planRefund } from './plan-refund.ts';
import type { StoredPayment } from './read-payment.ts';
import { rulesOf } from './refund-rules.ts';

const BANK = { party: 'funder', funder_org: 9, budget: 'spring' } as const;
const always = { from: '2020-01-01' };
const MEMBER = {
  id: 'm',
  programme: 'p',
  tier: 'gold',
  labels: [],
  joined: '2026-01-01',
  birthday: null,
};

type Goods = readonly { readonly quantity: number; readonly unit: number }[];

function factsOf(goods: Goods): Facts {
  return {
    store: 's',
    terminal: null,
    terminalKind: null,
    device: null,
    mcc: null,
    channel: 'pos',
    day: '2026-11-21',
    weekday: 6,
    minute: 600,
    dayKind: 'rest',
    lines: goods.map(({ quantity, unit }, at) => ({
      sku: `G${at}`,
      category: at % 2 === 0 ? 'tea' : null,
      brand: null,
      quantity,
      amount: quantity * unit,
    })),
    member: MEMBER,
    tenders: [],
    codes: [],
    coupons: [],
    usage: {},
    budgets: { spring: 1_000_000_000 },
    history: {},
  };
}

function sold(goods: Goods, offers: readonly DefinitionInput[]) {
  const versions = offers.map((each, at): OfferVersion => ({
    offer: `o${at}`,
    version: 1,
    status: 'live',
    definition: definition.parse(each),
  }));
  const { lines: priced, ...facts } = factsOf(goods);
  const { evaluation } = decide({ ...facts, lines: priced }, compileOffers(versions));
  const lines = priced.map((line, at): SoldLine => {
    const { discount, net } = evaluation.lines[at]!;
    return { ...line, name: { zh: '', en: '' }, unit_price: '', discount, net };
  });
  const decisions = [...evaluation.decisions, ...evaluation.progress].map((decision) => ({
    ownerOrg: 1,
    decision,
  }));
  const { due, gross } = evaluation;
  const payment = { lines, decisions, due, gross, facts } as unknown as StoredPayment;
  return { payment, rules: rulesOf(payment, versions) };
}

/** Carries refunds out, one after the other; what cannot be refunded any more is left out. */
function refunded(
  { payment, rules }: ReturnType<typeof sold>,
  wishes: readonly (readonly RefundLine[] | 'all')[],
) {
  let state = nothingRefunded(payment.lines.length);
  let earlier = { ...NOTHING_EARLIER, refunded: 0 };
  return wishes.flatMap((wish) => {
    const step = refundStep(payment.lines, state, wish);
    if ('kind' in step) return [];
    const plan = planRefund(payment, step, earlier, rules);
    const taken = plan.planned.map(({ reversal }, no) => [no, reversal.amount] as const);
    earlier = {
      ...withMore(earlier, { withheld: 0, taken }),
      refunded: earlier.refunded + plan.net,
    };
    state = step.after;
    return [{ ...plan, gross: step.gross, back: plan.planned.map(({ reversal }) => reversal) }];
  });
}

/** So much off above a threshold, half of it paid by the bank, tested again. */
function off(amount: number, spend: number, retest: 'none' | 'threshold' = 'threshold') {
  return {
    code: 'off',
    name: { zh: '满减', en: 'off' },
    schedule: always,
    funding: [
      { party: 'merchant', share: 500_000 },
      { ...BANK, share: 500_000 },
    ],
    benefits: [{ kind: 'discount', off: { by: 'amount', amount }, spend }],
    clawback: { retest },
  } satisfies DefinitionInput;
}

test.each([
  // goods, off, spend, retest -> each refund: net, shortfall, taken back, of the bank; then all the rest
  [
    'kept',
    [6_000, 4_000, 2_000],
    1_000,
    10_000,
    'threshold',
    [2],
    [
      [1_833, 0, 167, 83],
      [9_167, 0, 833, 417],
    ],
  ],
  [
    'lost',
    [6_000, 4_000],
    1_000,
    10_000,
    'threshold',
    [1],
    [
      [3_000, 0, 1_000, 500],
      [6_000, 0, 0, 0],
    ],
  ],
  [
    'not tested',
    [6_000, 4_000],
    1_000,
    10_000,
    'none',
    [1],
    [
      [3_600, 0, 400, 200],
      [5_400, 0, 600, 300],
    ],
  ],
  [
    'lost beyond the money',
    [9_000, 1_000],
    3_000,
    10_000,
    'threshold',
    [1],
    [
      [0, 2_000, 1_000, 500],
      [7_000, 0, 2_000, 1_000],
    ],
  ],
] as const)('a discount %s', (_, prices, amount, spend, retest, lines, expected) => {
  const sale = sold(
    prices.map((unit) => ({ quantity: 1, unit })),
    [off(amount, spend, retest)],
  );
  const plans = refunded(sale, [lines.map((line) => ({ line, quantity: 1 })), 'all']);
  const shown = plans.map(({ net, shortfall, back }) => [
    net,
    shortfall,
    back[0]!.amount,
    back[0]!.funding[1]!.amount,
  ]);
  expect(shown).toEqual(expected);
});

test('two refunds with what is kept dear: the shortfall shrinks as more goes back', () => {
  const goods = [9_000, 600, 400].map((unit) => ({ quantity: 1, unit }));
  const plans = refunded(sold(goods, [off(3_000, 10_000)]), [
    [{ line: 1, quantity: 1 }],
    [{ line: 2, quantity: 1 }],
    'all',
  ]);
  expect(plans.map(({ net, shortfall }) => [net, shortfall])).toEqual([
    [0, 2_400],
    [0, 2_000],
    [7_000, 0],
  ]);
});

const retest = fc.constantFrom('none' as const, 'threshold' as const);
const conditions = fc.constantFrom<DefinitionInput['conditions'] | undefined>(
  undefined,
  { type: 'basket_amount', min: 8_000 },
  { type: 'basket_amount', min: 3_000, basis: 'net' },
  { type: 'basket_quantity', min: 4 },
  // Gives more for less.
  {
    type: 'any',
    of: [
      { type: 'basket_amount', min: 9_000 },
      { type: 'basket_amount', max: 2_500 },
    ],
  },
);
const benefit = fc.constantFrom<DefinitionInput['benefits'][number]>(
  { kind: 'discount', off: { by: 'amount', amount: 3_333 }, spend: 7_000 },
  { kind: 'discount', off: { by: 'amount', amount: 5_000 } },
  { kind: 'discount', off: { by: 'percent', rate: 371_000 }, spend: 4_000 },
  { kind: 'discount', off: { by: 'percent', rate: 99_000 } },
  { kind: 'points', earn: { by: 'per_yuan', rate: 1_300_000 }, expiry: { type: 'none' } },
  { kind: 'cashback', earn: { by: 'fixed', amount: 777 }, spend: 5_000 },
  { kind: 'cashback', earn: { by: 'rate', rate: 51_000 } },
);
const offer = fc.record({ benefit, retest, conditions, paid: fc.boolean() });
const line = fc.record({
  quantity: fc.integer({ min: 1, max: 6 }),
  unit: fc.oneof(fc.nat(20), fc.nat(4_000)),
});
const wish = fc.array(fc.record({ line: fc.nat(4), quantity: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 1,
  maxLength: 2,
});

test('of any offers, any sequence of refunds gives back what was paid and takes back what was given', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.array(offer, { minLength: 1, maxLength: 5 }),
      fc.array(wish, { maxLength: 6 }),
      (goods, drawn, wishes) => {
        const offers = drawn.map(
          ({ benefit: given, retest: tests, conditions: asked, paid }, at) => ({
            ...off(1, 1, tests),
            code: `c${at}`,
            ...(asked && { conditions: asked }),
            ...(paid || given.kind === 'points' ? { funding: undefined } : {}),
            benefits: [given],
          }),
        );
        const sale = sold(goods, offers);
        const { due, decisions } = sale.payment;
        const plans = refunded(sale, [...wishes, 'all']);
        const [once] = refunded(sale, ['all']);
        expect(plans.reduce((sum, { net }) => sum + net, 0)).toBe(due);
        expect(once).toMatchObject({ net: due, shortfall: 0 });
        for (const { net, gross, shortfall, back } of plans) {
          expect(net).toBeGreaterThanOrEqual(0);
          expect(net).toBeLessThanOrEqual(gross);
          expect(shortfall).toBeGreaterThanOrEqual(0);
          for (const { amount, funding } of back)
            expect([amount, ...funding.map((part) => part.amount)].every((part) => part >= 0)).toBe(
              true,
            );
        }
        decisions.forEach(({ decision }, no) => {
          const all = plans.map(({ back }) => back[no]!);
          expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(decision.amount);
          decision.funding.forEach(({ amount }, payer) =>
            expect(all.reduce((sum, each) => sum + each.funding[payer]!.amount, 0)).toBe(amount),
          );
        });
      },
    ),
    { numRuns: 1_000 },
  );
});
