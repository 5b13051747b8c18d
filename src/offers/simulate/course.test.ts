import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day';
import type { OfferVersion } from '../engine/offer.ts';
import { anyTicket, anyVersions } from '../engine/random-sets.fixture.ts';
import { retested } from '../engine/retest.ts';
import { reverseLines } from '../engine/reverse.ts';
import { offersOf } from '../engine/tables.fixture.ts';
import type { PastEvent } from '../rehearsal/past-event.ts';
import type { PlanBack } from '../rehearsal/plan-back.ts';
import { tellOffer } from '../rehearsal/tell-offer.ts';
import type { Trial } from '../rehearsal/trial.ts';
import { beginCourse, type Course, daysBefore, foresee, setsOf } from './course.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import type { Simulation } from './simulation-rows.ts';

const SPAN = { from: '2026-01-01', to: '2027-12-31' };

/** Sales by day, of one member or nobody, each followed at will by a refund of some of its units. */
const anyPast = fc
  .array(fc.tuple(anyTicket, fc.option(fc.array(fc.nat(5), { minLength: 5, maxLength: 5 }))), {
    minLength: 2,
    maxLength: 14,
  })
  .map((tickets) =>
    tickets
      .toSorted(([a], [b]) => (a.day < b.day ? -1 : 1))
      .flatMap(([facts, back], at): PastEvent[] => {
        const id = `sale-${at}`;
        const { usage: _u, budgets: _b, history: _h, ...known } = facts;
        const member = known.member && { ...known.member, id: 'm1' };
        const touched = back !== null;
        const sale = { kind: 'sale', id, facts: { ...known, member }, touched } as const;
        if (back === null) return [sale];
        const lines = facts.lines.map(({ quantity, amount }, line) => {
          const units = Math.min(quantity, back[line]!);
          return { line, quantity: units, amount: Math.floor((amount * units) / quantity) };
        });
        return [sale, { kind: 'refund', payment: id, day: facts.day, lines }];
      }),
  );

/** Thresholds are tested again; what discounts lose is left to their payers. */
const planBack: PlanBack = ({ lines, decisions, facts, set }, before, after) => {
  const amounts = lines.map(({ amount }) => amount);
  const kept = [before, after].map((gone) => {
    const left = facts.lines.map((line, at) => ({
      ...line,
      quantity: line.quantity - gone.quantities[at]!,
      amount: line.amount - gone.amounts[at]!,
    }));
    return retested(decisions, facts, set, left);
  });
  const reversals = decisions.map((decision, at) =>
    reverseLines(decision, amounts, before.amounts, after.amounts, {
      before: kept[0]![at]!,
      after: kept[1]![at]!,
    }),
  );
  return { net: 0, reversals };
};

function told({ report, rehearsal, courses }: Trial) {
  const offers = [...report.offers.values()].map((sums) => tellOffer(sums, SPAN));
  return { offers, usage: { ...rehearsal.usage }, budgets: rehearsal.budgets, courses };
}

function courseOf(plan: SimulationPlan, past: readonly PastEvent[], twice: boolean): Course {
  const definition = plan.with.find(({ offer }) => offer === plan.offer)!.definition;
  const sets = setsOf(plan, planBack);
  const begun = beginCourse(plan, sets, { span: SPAN, definition } as Simulation);
  const course = twice ? { ...begun, apart: { ...begun.apart, all: true } } : begun;
  for (const event of past) foresee(course, sets, event);
  return course;
}

const BUDGETS = [
  { budget: 'spring', funderOrg: 21, start: 2_000 },
  { budget: 'summer', funderOrg: 22, start: 3_000 },
];

function planOf(versions: readonly OfferVersion[], at: number): SimulationPlan {
  const tried = versions[at % versions.length]!;
  return {
    offer: tried.offer,
    liveVersion: null,
    dates: 'as_written',
    with: versions,
    without: versions.filter((each) => each !== tried),
    budgets: BUDGETS,
    total: 0,
  };
}

/** The first is tried; what it does to a sale moves what the others count, draw on, or look at. */
const TOUCHING = offersOf({
  TRIED: {
    conditions: { type: 'contains', skus: ['tea'] },
    benefits: [{ kind: 'discount', off: { by: 'percent', rate: 300_000 } }],
    funding: [
      { party: 'funder', funder_org: 21, budget: 'spring', share: 500_000, overflow: 'next' },
      { party: 'merchant', share: 500_000 },
    ],
  },
  LIMITED: {
    benefits: [{ kind: 'cashback', to: 'merchant', earn: { by: 'rate', rate: 50_000 } }],
    limits: { each: [{ per: 'offer', window: { type: 'total' }, amount: 6_000 }] },
  },
  SPENT: {
    conditions: { type: 'history', measure: 'amount', window: { type: 'total' }, min: 80_000 },
    benefits: [{ kind: 'points', earn: { by: 'fixed', amount: 5 }, expiry: { type: 'none' } }],
  },
  DRAWN: {
    conditions: { type: 'contains', skus: ['cup', 'cake'] },
    benefits: [{ kind: 'discount', off: { by: 'percent', rate: 50_000 } }],
    funding: [{ party: 'funder', funder_org: 21, budget: 'spring', share: 1_000_000 }],
  },
});

const [TRIED, LIMITED, SPENT, DRAWN] = TOUCHING as [
  OfferVersion,
  OfferVersion,
  OfferVersion,
  OfferVersion,
];

test.each([
  ['offers of all kinds', anyVersions, 30],
  ['offers that meet in what they count', fc.constant([TRIED, LIMITED]), 40],
  ['offers that draw on the same budget', fc.constant([TRIED, DRAWN]), 40],
  ['an offer that looks at what was bought', fc.constant([TRIED, SPENT]), 40],
])(
  '%s: sales that the tried offer does not touch are decided once, and come out as if decided twice',
  (_name, anySet, numRuns) => {
    let spared = 0;
    fc.assert(
      fc.property(anySet, fc.nat(), anyPast, (versions, pick, past) => {
        const plan = planOf(versions, versions[0] === TRIED ? 0 : pick);
        const once = courseOf(plan, past, false);
        const twice = courseOf(plan, past, true);
        expect(told(once.with)).toEqual(told(twice.with));
        expect(told(once.without)).toEqual(told(twice.without));
        if (!once.apart.all) spared++;
      }),
      { numRuns },
    );
    expect(spared).toBeGreaterThan(5);
  },
  30_000,
);

test('what is put away and taken up again is the same course', () => {
  const plan = planOf([TRIED, LIMITED, DRAWN, SPENT], 0);
  fc.assert(
    fc.property(anyPast, fc.nat(), (past, cut) => {
      const sets = setsOf(plan, planBack);
      const at = cut % past.length;
      const first = courseOf(plan, past.slice(0, at), false);
      const again = structuredClone(first);
      for (const event of past.slice(at)) foresee(again, sets, event);
      expect(told(again.with)).toEqual(told(courseOf(plan, past, false).with));
    }),
    { numRuns: 30 },
  );
}, 30_000);

test.each([
  [
    { from: '2026-11-01', to: '2026-11-30' },
    { from: '2026-10-02', to: '2026-10-31' },
  ],
  [
    { from: '2026-03-01', to: '2026-03-01' },
    { from: '2026-02-28', to: '2026-02-28' },
  ],
])('before %j lie as many days: %j', (span, before) => {
  expect(daysBefore(span)).toEqual(before);
  expect(addDays(before.to, 1)).toBe(span.from);
});
