import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Text } from '#kernel/refusal';
import { historyOf } from '../engine/ask-history.ts';
import { compileOffers } from '../engine/compile.ts';
import { decide } from '../engine/evaluate.ts';
import type { Facts } from '../engine/facts.ts';
import type { OfferSet } from '../engine/offer.ts';
import { countersOf } from '../engine/reads.ts';
import { anyDefinition, anyOpenDefinition } from '../rule/definition.fixture.ts';
import type { Definition } from '../rule/definition.ts';
import { anyFacts, anyHistory, anyUsage } from '../rule/facts.fixture.ts';
import { differenceOf } from './difference.ts';
import { explain, type Explanation } from './explain.ts';
import { nearest } from './nearest.ts';
import { termsOf } from './terms.ts';

const TODAY = '2026-11-21';
const RUNS = { numRuns: 60 };
const READERS = ['consumer', 'cashier', 'merchant'] as const;

/** What no sentence may hold: values that are none, and internal names. */
const SLIPS = /undefined|NaN|Infinity|null|\[object|\bfunction\b|  |\d{4}-\d{2}-\d{2}T/;

function said({ zh, en }: Text): void {
  expect(zh).not.toBe('');
  expect(en).not.toBe('');
  expect(zh + en).not.toMatch(SLIPS);
}

function setOf(definitions: readonly Definition[]): OfferSet {
  return compileOffers(
    definitions.map((definition, index) => ({
      offer: `offer-${index}`,
      version: 1,
      status: 'live' as const,
      definition: { ...definition, code: `CODE-${index}` },
    })),
  );
}

const definitions = fc.array(fc.oneof(anyDefinition, anyOpenDefinition, anyOpenDefinition), {
  minLength: 1,
  maxLength: 5,
});

/** Sales whose counters and histories hold something. */
const decided = fc.tuple(definitions, anyFacts).chain(([rules, sale]) => {
  const set = setOf(rules);
  const keys = countersOf(sale, set);
  const asked = historyOf(sale, set).map(({ key }) => key);
  return fc
    .tuple(
      fc.array(anyUsage, { minLength: keys.length, maxLength: keys.length }),
      fc.array(anyHistory(sale.day), { minLength: asked.length, maxLength: asked.length }),
    )
    .map(([used, past]): [OfferSet, Facts] => [
      set,
      {
        ...sale,
        usage: Object.fromEntries(keys.map((key, at) => [key, used[at]!])),
        history: Object.fromEntries(asked.map((key, at) => [key, past[at]!])),
      },
    ]);
});

test('terms of any legal rule are said in both languages', () => {
  fc.assert(
    fc.property(fc.oneof(anyDefinition, anyOpenDefinition), (definition) => {
      const { name, sections } = termsOf(definition, TODAY);
      said(name);
      expect(sections.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['when', 'where', 'who', 'what', 'combining']),
      );
      for (const { title, sentences } of sections) {
        said(title);
        expect(sentences).not.toEqual([]);
        for (const sentence of sentences) {
          said(sentence);
          expect(sentence.zh).toMatch(/[。!?]$/);
          expect(sentence.en).toMatch(/^[^a-z].*[.!?]$/);
        }
      }
    }),
    RUNS,
  );
});

test('what differs between any two rules is said, and nothing between a rule and itself', () => {
  fc.assert(
    fc.property(anyDefinition, anyDefinition, (before, after) => {
      expect(differenceOf(before, before)).toEqual([]);
      const changes = differenceOf(before, after);
      for (const { pointer, text } of changes) {
        said(text);
        expect(pointer).toMatch(
          /^\/(code|name|priority|schedule|scope|audience|conditions|benefits|funding|limits|stacking|clawback|disclosures)/,
        );
      }
      expect(differenceOf(after, before)).toHaveLength(changes.length);
    }),
    RUNS,
  );
});

function neverMore(found: readonly Explanation[]): void {
  for (const each of found) {
    said(each.text);
    const { outcome, missing, actual, required } = each;
    if (outcome !== 'not') expect(each.decisions).not.toEqual([]);
    else expect(each.decisions).toEqual([]);
    if (missing === null) continue;
    expect(missing).toBeGreaterThan(0);
    expect(Number(actual) + missing).toBe(required);
  }
}

test('every offer has a reason for the merchant, which is what was decided', () => {
  fc.assert(
    fc.property(decided, ([set, facts]) => {
      const outcome = decide(facts, set);
      for (const reader of READERS) neverMore(explain(facts, set, reader, outcome));
      const all = explain(facts, set);
      expect(all.map(({ offer }) => offer)).toEqual(set.offers.map(({ id }) => id));
      const told = all.flatMap(({ decisions }) => decisions);
      expect(told.toSorted(byPlace)).toEqual(outcome.evaluation.decisions.toSorted(byPlace));
      expect(nearest(all).every(({ missing }) => missing !== null)).toBe(true);
    }),
    { numRuns: 120 },
  );
});

function byPlace(a: { offer: string; benefit: number }, b: typeof a): number {
  return a.offer < b.offer ? -1 : a.offer > b.offer ? 1 : a.benefit - b.benefit;
}

/** Internal names of the world that random rules use. */
const INSIDE =
  /at-risk|loyal|SPRING|TEA10|机构|org \d|预算|budget|出资|payer|对照组|control group|商户得返利|rebate/;

test('the public never hears of funders, budgets, labels, codes and control groups', () => {
  fc.assert(
    fc.property(decided, ([set, facts]) => {
      const outcome = decide(facts, set);
      for (const { text } of explain(facts, set, 'consumer', outcome))
        expect(text.zh + text.en).not.toMatch(INSIDE);
      for (const { definition } of set.offers) {
        const { disclosures: _, ...bare } = definition;
        const rebates = definition.benefits.every((each) => 'to' in each && each.to === 'merchant');
        const { sections } = termsOf(bare, TODAY);
        const words = sections.flatMap(({ sentences }) => sentences.flatMap(Object.values));
        if (!rebates) expect(words.join('\n')).not.toMatch(PRIVATE);
      }
    }),
    { numRuns: 40 },
  );
});

/** Terms may say that a budget is limited, not whose it is. */
const PRIVATE =
  /at-risk|loyal|SPRING|TEA10|机构|org \d|出资|payer|对照组|control group|返利|rebate/;
