import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileOffers,
  decide,
  type Decision,
  type DefinitionInput,
  definition,
  type LineFacts,
} from '#offers';
import { RewardsState } from '#rewards';
import { NOTHING_EARLIER } from './earlier-refunds.ts';
import { nothingRefunded, refundStep, type SoldLine } from './payment.ts';
import type { StoredPayment } from './read-payment.ts';
import { planRefund } from './plan-refund.ts';
import { returnedBenefits } from './refund-rewards.ts';
import { type RefundRules } from './refund-rules.ts';

const funder = {
  party: 'funder',
  funder_org: 9,
  budget: '0190b6a0-0000-7000-8000-00000000000b',
} as const;
const halves = [
  { party: 'merchant' as const, share: 333_333 },
  { ...funder, share: 666_667 },
];
const NO_RULES: RefundRules = {
  policyOf: () => ({ retest: 'none', shortage: 'member_debt', coupon: 'restore' }),
  retest: null,
};
const nothingMoved = { org: 1, rewards: new RewardsState() };
const always = { from: '2020-01-01' };
const offers: DefinitionInput[] = [
  {
    code: 'off',
    name: { zh: '减', en: 'off' },
    schedule: always,
    funding: halves,
    benefits: [{ kind: 'discount', off: { by: 'percent', rate: 37_000 } }],
  },
  {
    code: 'points',
    name: { zh: '分', en: 'points' },
    schedule: always,
    benefits: [
      { kind: 'points', earn: { by: 'per_yuan', rate: 1_300_000 }, expiry: { type: 'none' } },
    ],
  },
  {
    code: 'back',
    name: { zh: '返', en: 'back' },
    schedule: always,
    funding: halves,
    limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 5_000 }] },
    benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 51_000 } }],
  },
];
const set = compileOffers(
  offers.map((each, index) => ({
    offer: `0190b6a0-0000-7000-8000-00000000000${index}`,
    version: 1,
    status: 'live' as const,
    definition: definition.parse(each),
  })),
);

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  unit: fc.integer({ min: 0, max: 30_000 }),
});
const baskets = fc.array(line, { minLength: 1, maxLength: 5 });
const wishes = fc.array(fc.record({ line: fc.nat(4), quantity: fc.integer({ min: 1, max: 5 }) }), {
  maxLength: 10,
});

function sold(basket: readonly { quantity: number; unit: number }[]) {
  const lines: LineFacts[] = basket.map(({ quantity, unit }) => {
    return { sku: 'A', category: null, brand: null, quantity, amount: quantity * unit };
  });
  const member = {
    id: 'm',
    programme: 'p',
    tier: 'gold',
    labels: [],
    joined: '2026-01-01',
    birthday: null,
  };
  const { evaluation } = decide(
    {
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
      lines,
      member,
      tenders: [],
      codes: [],
      coupons: [],
      usage: {},
      budgets: { [funder.budget]: 1_000_000_000 },
      history: {},
    },
    set,
  );
  const soldLines = lines.map((each, index): SoldLine => {
    const { discount, net } = evaluation.lines[index] ?? { discount: 0, net: 0 };
    return { ...each, name: { zh: '', en: '' }, unit_price: '', discount, net };
  });
  const decisions = evaluation.decisions.map((decision) => ({ ownerOrg: 1, decision }));
  return { evaluation, payment: { lines: soldLines, decisions } as unknown as StoredPayment };
}

/** What is left of each decision, in all and per payer. */
function restOf(decisions: readonly Decision[], back: ReadonlyMap<number, number[]>): number[][] {
  return decisions.map(({ amount, funding }, no) => {
    const gone = back.get(no) ?? [];
    return [amount, ...funding.map((part) => part.amount)].map(
      (whole, index) => whole - (gone[index] ?? 0),
    );
  });
}

test('random baskets and refunds: money, rewards, payers and counters end at zero', () => {
  fc.assert(
    fc.property(baskets, wishes, (basket, asked) => {
      const { evaluation, payment } = sold(basket);
      const back = new Map<number, number[]>();
      const uses = new Map<string, number>();
      let state = nothingRefunded(payment.lines.length);
      let money = 0;
      for (const wish of [...asked, 'all' as const]) {
        const step = refundStep(payment.lines, state, wish === 'all' ? 'all' : [wish]);
        if ('kind' in step) continue;
        const plan = planRefund(payment, step, { ...NOTHING_EARLIER, refunded: money }, NO_RULES);
        const returned = returnedBenefits(payment, plan, NO_RULES, nothingMoved);
        for (const { decisionNo, reversal } of returned) {
          const parts = [reversal.amount, ...reversal.funding.map(({ amount }) => amount)];
          expect(parts.every((part) => part >= 0)).toBe(true);
          const gone = back.get(decisionNo) ?? parts.map(() => 0);
          back.set(
            decisionNo,
            parts.map((part, index) => part + (gone[index] ?? 0)),
          );
          for (const { key, count, amount } of reversal.counters) {
            uses.set(key, (uses.get(key) ?? 0) + amount + count);
          }
        }
        money += plan.net;
        state = step.after;
      }
      const decisions = payment.decisions.map(({ decision }) => decision);
      expect(money).toBe(evaluation.due);
      expect(
        restOf(decisions, back)
          .flat()
          .every((rest) => rest === 0),
      ).toBe(true);
      for (const { key, count, amount } of decisions.flatMap(({ counters }) => counters)) {
        expect(uses.get(key)).toBe(amount + count);
      }
    }),
    { numRuns: 1_000 },
  );
});
