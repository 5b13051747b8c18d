import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratio } from '#kernel/share';
import { compileOffers } from './compile.ts';
import type { CounterUse, Decision } from './decision.ts';
import { evaluate } from './evaluate.ts';
import type { Facts, LineFacts } from './facts.ts';
import type { OfferSet, OfferVersion } from './offer.ts';
import { anyTicket, anyVersions, sum } from './random-sets.fixture.ts';
import { retested } from './retest.ts';
import { type Reversal, reverseLines } from './reverse.ts';

/** On a busy machine a property takes longer than a test may. */
const SLOW_MS = 60_000;

/** Units refunded per line after each refund; the last state is everything. */
const anyStates = fc
  .array(fc.array(fc.nat(5), { minLength: 5, maxLength: 5 }), { maxLength: 5 })
  .map((steps) => (lines: readonly LineFacts[]): number[][] => {
    const states = [lines.map(() => 0)];
    for (const step of steps)
      states.push(
        lines.map(({ quantity }, line) => Math.min(quantity, states.at(-1)![line]! + step[line]!)),
      );
    return [...states, lines.map(({ quantity }) => quantity)];
  });

function refundedOf({ lines }: Facts, units: readonly number[]): number[] {
  return lines.map(({ amount, quantity }, line) => ratio(amount, units[line]!, quantity));
}

function leftOf(facts: Facts, units: readonly number[]): LineFacts[] {
  const refunded = refundedOf(facts, units);
  return facts.lines.map((line, at) => ({
    ...line,
    quantity: line.quantity - units[at]!,
    amount: line.amount - refunded[at]!,
  }));
}

/** What a refund from one state to another takes back of every decision. */
function between(
  decisions: readonly Decision[],
  facts: Facts,
  set: OfferSet,
  from: readonly number[],
  to: readonly number[],
): Reversal[] {
  const amounts = facts.lines.map(({ amount }) => amount);
  const before = retested(decisions, facts, set, leftOf(facts, from));
  const after = retested(decisions, facts, set, leftOf(facts, to));
  return decisions.map((decision, at) =>
    reverseLines(decision, amounts, refundedOf(facts, from), refundedOf(facts, to), {
      before: before[at]!,
      after: after[at]!,
    }),
  );
}

function usesOf(uses: readonly CounterUse[]): Record<string, [number, number]> {
  const sums: Record<string, [number, number]> = {};
  for (const { key, count, amount } of uses) {
    const [counts, amounts] = sums[key] ?? [0, 0];
    sums[key] = [counts + count, amounts + amount];
  }
  return Object.fromEntries(Object.entries(sums).filter(([, pair]) => pair.some(Boolean)));
}

test(
  'of any rule, any sequence of refunds ends where one ends: at nothing, per line, payer and counter',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, anyStates, (offers, sale, statesOf) => {
        const set = compileOffers(offers);
        const { decisions: granted, progress } = evaluate(sale, set);
        const decisions = [...granted, ...progress];
        const states = statesOf(sale.lines);
        const steps = states
          .slice(1)
          .map((to, step) => between(decisions, sale, set, states[step]!, to));
        const once = between(decisions, sale, set, states[0]!, states.at(-1)!);
        decisions.forEach((decision, at) => {
          const all = steps.map((step) => step[at]!);
          expect(sum(all.map(({ amount }) => amount))).toBe(decision.amount);
          expect(once[at]!.amount).toBe(decision.amount);
          decision.lineShares.forEach((share, line) =>
            expect(sum(all.map(({ lineAmounts }) => lineAmounts[line]!))).toBe(share),
          );
          decision.funding.forEach((part, payer) =>
            expect(sum(all.map(({ funding }) => funding[payer]!.amount))).toBe(part.amount),
          );
          expect(usesOf(all.flatMap(({ counters }) => counters))).toEqual(
            usesOf(decision.counters),
          );
        });
      }),
      { numRuns: 100 },
    );
  },
  SLOW_MS,
);

test(
  'what is still earned never exceeds the proportion, and is all with nothing refunded',
  () => {
    fc.assert(
      fc.property(anyVersions, anyTicket, anyStates, (offers, sale, statesOf) => {
        const set = compileOffers(offers);
        const { decisions } = evaluate(sale, set);
        const amounts = sale.lines.map(({ amount }) => amount);
        for (const units of statesOf(sale.lines)) {
          const kept = retested(decisions, sale, set, leftOf(sale, units));
          const refunded = refundedOf(sale, units);
          const nothing = refunded.every((amount) => amount === 0);
          decisions.forEach((decision, at) => {
            const none = decision.lineShares.map(() => 0);
            const { amount: back } = reverseLines(decision, amounts, none, refunded);
            expect(kept[at]).toBeGreaterThanOrEqual(0);
            expect(kept[at]).toBeLessThanOrEqual(decision.amount - back);
            if (nothing) expect(kept[at]).toBe(decision.amount);
            const { clawback } = offers.find(({ offer }) => offer === decision.offer)!.definition;
            if (clawback.retest === 'none') expect(kept[at]).toBe(decision.amount - back);
          });
        }
      }),
      { numRuns: 100 },
    );
  },
  SLOW_MS,
);

/** Gives more for less: steps that fall, conditions that a smaller basket meets. */
function mayRise({ definition }: OfferVersion): boolean {
  return /"tiered"|"max"|"any"|"none","of"|"every"/.test(JSON.stringify(definition));
}

test(
  'what is still earned never rises again while less and less is left',
  () => {
    const steady = anyVersions.map((offers) => offers.filter((offer) => !mayRise(offer)));
    fc.assert(
      fc.property(steady, anyTicket, anyStates, (offers, sale, statesOf) => {
        const set = compileOffers(offers);
        const { decisions } = evaluate(sale, set);
        let before = decisions.map(({ amount }) => amount);
        for (const units of statesOf(sale.lines)) {
          const kept = retested(decisions, sale, set, leftOf(sale, units));
          kept.forEach((each, at) => expect(each).toBeLessThanOrEqual(before[at]!));
          before = kept;
        }
      }),
      { numRuns: 150 },
    );
  },
  SLOW_MS,
);
