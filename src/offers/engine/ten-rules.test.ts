import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { compileOffers } from './compile.ts';
import { evaluate } from './evaluate.ts';
import type { Usage } from './facts.ts';
import { rounded, sharedOut, total } from './naive-numbers.fixture.ts';
import { passNaively } from './naive-pass.fixture.ts';
import { anyRefunds, fenOf, leftOf, refunded } from './naive-refunds.fixture.ts';
import { anyOffers, anySales, count, sellBoth } from './naive-sales.fixture.ts';
import type { OfferVersion } from './offer.ts';
import { anyTicket } from './random-sets.fixture.ts';
import { retested } from './retest.ts';

/** Random baskets, each with its refunds: a thousand here, more where somebody asks for more. */
const BASKETS = Number(process.env['TILLBACK_RUNS'] ?? 1_000);
const MS_PER_BASKET = 60;

/** Under load a machine may take long. */
const SLOW = { timeout: 30_000 };
const used = { usage: {}, budgets: { spring: 6_000, summer: 4_000 } };

test(
  'rule 1: every split sums to its total by largest remainder, no discount exceeds its base, nothing to pay is negative',
  SLOW,
  () => {
    fc.assert(
      fc.property(anyOffers, anySales, (offers, sales) => {
        for (const { facts, engine, model } of sellBoth(offers, sales)) {
          const { gross, discount, due, lines, decisions } = engine;
          expect([gross, gross - discount]).toEqual([
            total(facts.lines.map((each) => each.amount)),
            due,
          ]);
          expect(Math.min(due, ...lines.map(({ net }) => net))).toBeGreaterThanOrEqual(0);
          decisions.forEach(({ amount, lineShares, funding, kind }, at) => {
            expect(total(lineShares)).toBe(amount);
            expect(lineShares).toEqual(model.grants[at]!.lines);
            if (kind === 'discount' || kind === 'points' || kind === 'cashback')
              expect(total(funding.map((part) => part.amount))).toBe(amount);
            for (const part of [...lineShares, ...funding.map((each) => each.amount)])
              expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
          });
          const off = decisions.filter(({ kind }) => kind === 'discount');
          lines.forEach(({ amount }, line) =>
            expect(total(off.map(({ lineShares }) => lineShares[line]!))).toBeLessThanOrEqual(
              amount,
            ),
          );
        }
      }),
      { numRuns: 60 },
    );
    expect(sharedOut(100, [1, 1, 1])).toEqual([34, 33, 33]);
  },
);

test(
  'rule 2: any sequence of partial refunds leaves 0 fen and 0 points, per line and payer; every step is the half-up share of what went back',
  () => {
    fc.assert(
      fc.property(anyOffers, anyTicket, anyRefunds, (offers, ticket, refundsOf) => {
        const sale = { ...ticket, ...used };
        const set = compileOffers(offers);
        const { decisions } = evaluate(sale, set);
        if (decisions.length === 0) return;
        const left = decisions.map(({ amount, lineShares, funding }) => ({
          amount,
          lines: [...lineShares],
          parts: funding.map((part) => part.amount),
        }));
        const states = refundsOf(sale.lines);
        for (const [step, to] of states.slice(1).entries()) {
          const back = refunded(decisions, sale, set, states[step]!, to);
          const fen = fenOf(sale, to);
          back.forEach(({ amount, lineAmounts, funding }, at) => {
            const { lineShares, offer } = decisions[at]!;
            const rest = left[at]!;
            rest.amount -= amount;
            lineAmounts.forEach((each, line) => (rest.lines[line]! -= each));
            funding.forEach((part, payer) => (rest.parts[payer]! -= part.amount));
            expect(total(rest.lines)).toBe(rest.amount);
            if (rest.parts.length > 0) expect(total(rest.parts)).toBe(rest.amount);
            const { definition } = offers.find((each) => each.offer === offer)!;
            if (definition.clawback.retest === 'threshold') return;
            const kept = lineShares.map((share, line) =>
              fen[line] === 0
                ? share
                : share - rounded(share, fen[line]!, sale.lines[line]!.amount),
            );
            expect(rest.lines).toEqual(kept);
          });
        }
        for (const { amount, lines, parts } of left)
          expect([amount, ...lines, ...parts].every((each) => each === 0)).toBe(true);
      }),
      { numRuns: BASKETS },
    );
  },
  30_000 + BASKETS * MS_PER_BASKET,
);

test(
  'rule 3: what a refund takes back and what is kept are the grant; with a retest, no more is kept than the rest earns',
  SLOW,
  () => {
    let lessThanShare = 0;
    fc.assert(
      fc.property(anyOffers, anyTicket, anyRefunds, (offers, ticket, refundsOf) => {
        const sale = { ...ticket, ...used };
        for (const [at, offer] of offers.slice(0, 2).entries()) {
          const { benefits, ...written } = offer.definition;
          const retest = at === 0 ? 'threshold' : written.clawback.retest;
          const clawback = { ...written.clawback, retest };
          const rule = {
            ...offer,
            definition: { ...written, clawback, benefits: benefits.slice(0, 1) },
          };
          const set = compileOffers([rule]);
          const { decisions } = evaluate(sale, set);
          const [decision] = decisions;
          if (decision === undefined) continue;
          for (const units of refundsOf(sale.lines).slice(1)) {
            const fen = fenOf(sale, units);
            const share = total(
              decision.lineShares.map((each, line) =>
                fen[line] === 0 ? each : each - rounded(each, fen[line]!, sale.lines[line]!.amount),
              ),
            );
            const rest = leftOf(sale, units);
            const lines = rest.filter(({ quantity, amount }) => quantity > 0 || amount > 0);
            const [again] = passNaively([rule], { ...sale, lines }, []).grants;
            const kept = fen.some((each) => each > 0)
              ? retest === 'none'
                ? share
                : Math.min(share, again?.amount ?? 0)
              : decision.amount;
            if (kept < share) lessThanShare++;
            expect(retested(decisions, sale, set, rest)).toEqual([kept]);
            const [back] = refunded(
              decisions,
              sale,
              set,
              sale.lines.map(() => 0),
              units,
            );
            expect(back!.amount + kept).toBe(decision.amount);
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(lessThanShare).toBeGreaterThan(0);
  },
);

/** Offers that share two small budgets, and mostly are granted something. */
const anySpenders = anyOffers.map((offers) =>
  offers.map((offer, at): OfferVersion => {
    const budget =
      at % 2 === 0 ? { budget: 'spring', funder_org: 21 } : { budget: 'summer', funder_org: 22 };
    const funding = [
      { party: 'funder' as const, ...budget, share: 700_000 },
      { party: 'merchant' as const, share: 300_000 },
    ];
    const benefits = offer.definition.benefits.map((benefit) =>
      benefit.kind === 'discount' || benefit.kind === 'cashback'
        ? { ...benefit, funding }
        : benefit,
    );
    return { ...offer, definition: { ...offer.definition, benefits } };
  }),
);

test(
  'rule 4: no sequence of grants and refunds overspends a budget, and when all is refunded all of it is there again',
  SLOW,
  () => {
    const most = { spring: 3_000, summer: 2_000 };
    let exhausted = 0;
    fc.assert(
      fc.property(
        anySpenders,
        fc.array(fc.tuple(anyTicket, anyRefunds, fc.boolean()), { minLength: 4, maxLength: 8 }),
        (offers, tickets) => {
          const set = compileOffers(offers);
          const usage: Record<string, Usage> = {};
          const budgets: Record<string, number> = { ...most };
          const open: (() => void)[] = [];
          for (const [ticket, refundsOf, alsoRefunds] of tickets) {
            const sale = { ...ticket, usage: { ...usage }, budgets: { ...budgets } };
            const { decisions: granted, progress } = evaluate(sale, set);
            const decisions = [...granted, ...progress];
            for (const decision of decisions) count(decision, usage, budgets, 1);
            const states = refundsOf(sale.lines);
            for (const [step, to] of states.slice(1).entries())
              open.push(() => {
                for (const back of refunded(decisions, sale, set, states[step]!, to))
                  count(back, usage, budgets, -1);
              });
            const now = alsoRefunds ? open.splice(0, 3) : [];
            for (const refund of [() => {}, ...now]) {
              refund();
              for (const [id, left] of Object.entries(budgets)) {
                expect(left).toBeGreaterThanOrEqual(0);
                expect(left).toBeLessThanOrEqual(most[id as keyof typeof most]);
                if (left === 0) exhausted++;
              }
            }
          }
          for (const refund of open) refund();
          expect(budgets).toEqual(most);
          expect(Object.values(usage).every((use) => use.count === 0 && use.amount === 0)).toBe(
            true,
          );
        },
      ),
      { numRuns: 80 },
    );
    expect(exhausted).toBeGreaterThan(0);
  },
);

test(
  'rule 5: a benefit of zero uses nothing, a sale counts once, and a refunded sale gives its use back',
  SLOW,
  () => {
    fc.assert(
      fc.property(anyOffers, anySales, (offers, sales) => {
        const set = compileOffers(offers);
        for (const { facts, engine } of sellBoth(offers, sales)) {
          const decisions = [...engine.decisions, ...engine.progress];
          for (const { amount, funding, coupon } of decisions)
            if (amount === 0) expect([funding, coupon]).toEqual([[], undefined]);
          const counts = new Map<string, number>();
          for (const { key, count: times } of decisions.flatMap(({ counters }) => counters))
            counts.set(key, (counts.get(key) ?? 0) + times);
          expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(1);
          const coupons = decisions.flatMap(({ coupon }) => coupon ?? []);
          expect(new Set(coupons).size).toBe(coupons.length);

          const usage = { ...facts.usage };
          const budgets = { ...facts.budgets };
          for (const decision of decisions) count(decision, usage, budgets, 1);
          const all = facts.lines.map(({ quantity }) => quantity);
          const none = all.map(() => 0);
          for (const back of refunded(decisions, facts, set, none, all))
            count(back, usage, budgets, -1);
          if (facts.lines.every(({ amount }) => amount > 0))
            expect(evaluate({ ...facts, usage, budgets }, set)).toEqual(engine);
        }
      }),
      { numRuns: 60 },
    );
  },
);

const anySets = fc.array(
  fc.record({
    buy: fc.integer({ min: 1, max: 3 }),
    get: fc.integer({ min: 1, max: 3 }),
    lane: fc.constantFrom('line' as const, 'order' as const, 'tender' as const),
  }),
  { minLength: 1, maxLength: 4 },
);

test(
  'rule 6: a unit is bought or free in one offer only, and fewer units never give more of them away',
  SLOW,
  () => {
    const price = 700;
    fc.assert(
      fc.property(anySets, fc.integer({ min: 1, max: 20 }), (sets, most) => {
        const offers = sets.map(({ buy, get, lane }, at) =>
          exampleOffer(`o${at}`, {
            benefits: [{ kind: 'discount', off: { by: 'buy_get', buy, get, rate: 1_000_000 } }],
            stacking: { lane },
          }),
        );
        const set = compileOffers(offers);
        let before = 0;
        for (let quantity = 1; quantity <= most; quantity++) {
          const line = {
            sku: 'tea',
            category: null,
            brand: null,
            quantity,
            amount: quantity * price,
          };
          const { decisions } = evaluate(exampleSale({ lines: [line] }), set);
          const units = decisions.map(({ offer, amount }) => {
            const { buy, get } = sets[Number(offer.slice(1))]!;
            const free = amount / price;
            return { free, bought: Math.ceil(free / get) * buy };
          });
          expect(total(units.map(({ free, bought }) => free + bought))).toBeLessThanOrEqual(
            quantity,
          );
          const free = total(units.map((each) => each.free));
          expect(Number.isInteger(free)).toBe(true);
          if (sets.length === 1) expect(free).toBeGreaterThanOrEqual(before);
          before = free;
        }
      }),
      { numRuns: 100 },
    );
  },
);
