import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyUsage } from '../rule/facts.fixture.ts';
import { explain } from '../words/explain.ts';
import { compileOffers } from './compile.ts';
import type { Decision } from './decision.ts';
import { decide, evaluate, type Evaluation } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { anyTicket, anyVersions, sum, usedBefore } from './random-sets.fixture.ts';
import { budgetsOf, countersOf } from './reads.ts';

/** On a busy machine a property takes longer than a test may. */
const SLOW_MS = 60_000;

const runs = { numRuns: 120 };
const PAID = new Set(['discount', 'points', 'cashback']);

function checkDecision(decision: Decision): void {
  const { amount, wanted, partly, lineShares, funding, kind } = decision;
  expect(amount).toBeLessThanOrEqual(wanted);
  expect(partly !== undefined).toBe(amount < wanted);
  expect(sum(lineShares)).toBe(amount);
  expect(sum(funding.map((part) => part.amount))).toBe(PAID.has(kind) ? amount : 0);
  for (const part of [...lineShares, ...funding.map((each) => each.amount)])
    expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
  for (const part of funding) expect(part.amount).toBeGreaterThan(0);
}

function checkSums(sale: Facts, result: Evaluation): void {
  const { gross, discount, due, lines, decisions, progress } = result;
  expect(due).toBeGreaterThanOrEqual(0);
  expect(gross - discount).toBe(due);
  expect(sum(lines.map(({ net }) => net))).toBe(due);
  const discounts = decisions.filter(({ kind }) => kind === 'discount');
  lines.forEach(({ amount: base, discount: off, net }, index) => {
    expect(base).toBe(sale.lines[index]!.amount);
    expect(net).toBe(base - off);
    expect(net).toBeGreaterThanOrEqual(0);
    expect(sum(discounts.map(({ lineShares }) => lineShares[index]!))).toBe(off);
  });
  for (const decision of decisions) {
    checkDecision(decision);
    expect(decision.amount).toBeGreaterThan(0);
  }
  for (const decision of progress) {
    checkDecision(decision);
    expect(decision).toMatchObject({ amount: 0, arrival: { type: 'reached' } });
  }
}

test(
  'every split is exact and nothing is negative, whatever was used before',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, anyUsage, (offers, sale, usage) => {
        checkSums(sale, evaluate({ ...sale, usage: usedBefore(usage) }, compileOffers(offers)));
      }),
      runs,
    );
  },
  SLOW_MS,
);

test(
  'the same facts decide the same, in whatever order the offers are compiled',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, (offers, sale) => {
        const result = evaluate(sale, compileOffers(offers));
        expect(evaluate(structuredClone(sale), compileOffers(offers.toReversed()))).toEqual(result);
      }),
      runs,
    );
  },
  SLOW_MS,
);

test(
  'a group gives no more than it may, excluded offers are never granted together, a coupon is used once',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, (offers, sale) => {
        const set = compileOffers(offers);
        const { evaluation, lost } = decide(sale, set);
        const granted = set.offers.filter(({ id }) =>
          evaluation.decisions.some(({ offer }) => offer === id),
        );
        for (const [name, { most }] of set.groups)
          expect(granted.filter(({ group }) => group === name).length).toBeLessThanOrEqual(most);
        for (const one of granted)
          for (const other of granted) expect(one.notWith.has(other.rank)).toBe(false);
        for (const winner of lost.values()) expect(granted).toContain(set.offers[winner]);
        const coupons = evaluation.decisions.flatMap(({ coupon }) => coupon ?? []);
        expect(new Set(coupons).size).toBe(coupons.length);
        for (const coupon of coupons) expect(sale.coupons.map(({ id }) => id)).toContain(coupon);
      }),
      runs,
    );
  },
  SLOW_MS,
);

test(
  'only the counters and budgets named beforehand are read, and only those are written',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, (offers, sale) => {
        const set = compileOffers(offers);
        const read = new Set<string>();
        const spied = <T extends object>(record: T): T =>
          new Proxy(record, {
            get: (target, key) => (read.add(String(key)), Reflect.get(target, key)),
          });
        const facts = { ...sale, usage: spied({}), budgets: spied(sale.budgets) };
        const { decisions, progress } = evaluate(facts, set);
        const named = new Set([...countersOf(sale, set), ...budgetsOf(sale, set)]);
        for (const key of read) expect(named).toContain(key);
        for (const { counters } of [...decisions, ...progress])
          for (const { key } of counters) expect(named).toContain(key);
        expect(countersOf(sale, set)).toEqual([...countersOf(sale, set)].toSorted());
      }),
      runs,
    );
  },
  SLOW_MS,
);

test(
  'explain and evaluate agree on every offer, and every offer has a sentence',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, (offers, sale) => {
        const set = compileOffers(offers);
        const { decisions } = evaluate(sale, set);
        const explained = explain(sale, set);
        expect(explained.map(({ offer }) => offer)).toEqual(set.offers.map(({ id }) => id));
        for (const each of explained) {
          const own = decisions.filter(({ offer }) => offer === each.offer);
          expect(each.decisions).toEqual(own);
          expect(each.outcome !== 'not').toBe(own.length > 0);
          expect(each.text.zh.length * each.text.en.length).toBeGreaterThan(0);
          expect(`${each.text.zh}${each.text.en}`).not.toMatch(/undefined|NaN|Infinity/);
          if (each.reason === 'lost')
            expect(decisions.some(({ offer }) => offer === each.lostTo)).toBe(true);
          if (each.missing !== null) expect(each.missing).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  },
  SLOW_MS,
);
