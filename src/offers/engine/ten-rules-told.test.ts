import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breachesOf } from '../policy/breaches.ts';
import type { PolicyDefinition } from '../policy/policy-set.ts';
import { exampleDefinition } from '../rule/example.ts';
import { explain } from '../words/explain.ts';
import { compileOffers } from './compile.ts';
import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { anyRefunds, refunded } from './naive-refunds.fixture.ts';
import { anyOffers, anySales, sellBoth } from './naive-sales.fixture.ts';
import type { OfferVersion } from './offer.ts';
import { anyTicket } from './random-sets.fixture.ts';

/** Under load a machine may take long. */
const SLOW = { timeout: 30_000 };
const used = { usage: {}, budgets: { spring: 6_000, summer: 4_000 } };

test(
  'rule 7: every offer is explained in both languages: granted, partly or not, as the rules say, what is missing, and to whom it lost',
  SLOW,
  () => {
    fc.assert(
      fc.property(anyOffers, anySales, (offers, sales) => {
        const set = compileOffers(offers);
        for (const { facts, model } of sellBoth(offers, sales)) {
          const explained = explain(facts, set);
          expect(explained.map(({ offer }) => offer).toSorted()).toEqual(
            offers.map(({ offer }) => offer),
          );
          for (const {
            offer,
            outcome,
            reason,
            missing,
            actual,
            required,
            lostTo,
            text,
          } of explained) {
            const own = model.grants.filter((each) => each.offer === offer);
            const { benefits } = offers.find((each) => each.offer === offer)!.definition;
            const whole = own.length === benefits.length && own.every(({ cut }) => cut === null);
            expect(outcome).toBe(own.length === 0 ? 'not' : whole ? 'granted' : 'partly');
            expect(text.zh).toMatch(/\p{Script=Han}/u);
            expect(text.en).toMatch(/[a-z]/);
            if (missing !== null) expect(missing).toBe(Number(required) - Number(actual));
            if (missing !== null) expect(missing).toBeGreaterThan(0);
            if (reason === 'lost')
              expect(model.grants.some((each) => each.offer === lostTo)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  },
);

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}

/** The same with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)]);
  return Object.fromEntries(entries.toReversed());
}

test(
  'rule 8: the same facts and set decide the same, whatever was decided between, and change nothing they were given',
  SLOW,
  () => {
    fc.assert(
      fc.property(anyOffers, anyTicket, anyTicket, (offers, ticket, other) => {
        const sale = frozen({ ...ticket, ...used });
        const set = compileOffers(frozen(offers));
        const first = evaluate(sale, set);
        evaluate(other, set);
        expect(evaluate(sale, set)).toEqual(first);
        expect(evaluate(turned(sale) as Facts, compileOffers(offers.toReversed()))).toEqual(first);
      }),
      { numRuns: 100 },
    );
  },
);

test(
  'rule 9: a changed offer is a new version: what was decided names the old one, is explained by it and is taken back by it',
  SLOW,
  () => {
    fc.assert(
      fc.property(
        anyOffers,
        anyOffers,
        anyTicket,
        anyRefunds,
        (before, changes, ticket, refundsOf) => {
          const sale = { ...ticket, ...used };
          const old = compileOffers(before);
          const { decisions } = evaluate(sale, old);
          const stored = structuredClone(decisions);
          const states = refundsOf(sale.lines);
          const back = refunded(decisions, sale, old, states[0]!, states.at(-1)!);
          const changed = changes.map((each): OfferVersion => ({ ...each, version: 2 }));
          const live = compileOffers([
            ...before.filter(({ offer }) => changed.every((each) => each.offer !== offer)),
            ...changed,
          ]);
          for (const { offer, version } of evaluate(sale, live).decisions)
            expect(version).toBe(changed.some((each) => each.offer === offer) ? 2 : 1);
          expect(stored.every(({ version }) => version === 1)).toBe(true);
          expect(explain(sale, old).flatMap((each) => each.decisions)).toHaveLength(stored.length);
          expect(evaluate(sale, old).decisions).toEqual(stored);
          expect(refunded(stored, sale, old, states[0]!, states.at(-1)!)).toEqual(back);
        },
      ),
      { numRuns: 60 },
    );
  },
);

const articles = ['rate', 'grant', 'term', 'funding'].map((id) => ({
  id,
  text: { zh: `${id} 的上限`, en: `the ceiling of the ${id}` },
  source: { zh: `《办法》${id}`, en: `the Measures, ${id}` },
}));

test(
  'rule 10: an offer may be published unless it is above a ceiling of rate, amount, term or funding, and the article is cited',
  SLOW,
  () => {
    const near = (most: number) => fc.integer({ min: 1, max: most });
    fc.assert(
      fc.property(
        fc.record({ rate: near(40), amount: near(40), days: near(40), share: near(39) }),
        fc.record({ rate: near(40), amount: near(40), days: near(40), share: near(40) }),
        (offer, most) => {
          const PERCENT = 10_000;
          const policy: PolicyDefinition = {
            name: { zh: '规则', en: 'Rules' },
            effective_from: '2026-01-01',
            articles,
            rules: [
              { type: 'rate_max', article: 'rate', kinds: ['cashback'], rate: most.rate * PERCENT },
              { type: 'grant_max', article: 'grant', kinds: ['discount'], amount: most.amount },
              { type: 'term_max', article: 'term', days: most.days },
              {
                type: 'funding_max',
                article: 'funding',
                party: 'store',
                share: most.share * PERCENT,
              },
            ],
          };
          const definition = exampleDefinition({
            schedule: {
              from: '2026-03-01',
              to: `2026-0${offer.days > 31 ? 4 : 3}-${dayOfTerm(offer.days)}`,
            },
            benefits: [
              { kind: 'discount', off: { by: 'amount', amount: offer.amount } },
              { kind: 'cashback', earn: { by: 'rate', rate: offer.rate * PERCENT }, cap: 1 },
            ],
            funding: [
              { party: 'store', share: offer.share * PERCENT },
              { party: 'merchant', share: 1_000_000 - offer.share * PERCENT },
            ],
          });
          const above = [
            ...(offer.rate > most.rate ? ['rate'] : []),
            ...(offer.amount > most.amount ? ['grant'] : []),
            ...(offer.days > most.days ? ['term'] : []),
            ...(offer.share > most.share ? ['funding'] : []),
          ];
          const breaches = breachesOf(definition, policy, null);
          expect(breaches.map(({ article }) => article.id).toSorted()).toEqual(above.toSorted());
          for (const { article, detail } of breaches) {
            expect(detail.zh).toContain(article.source.zh);
            expect(detail.en).toContain(article.source.en);
          }
        },
      ),
    );
  },
);

/** The day of the month on which a term that began with March ends. */
function dayOfTerm(days: number): string {
  return String(days > 31 ? days - 31 : days).padStart(2, '0');
}
