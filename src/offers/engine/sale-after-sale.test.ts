import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, type Day } from '#kernel/day';
import { windowOf } from '#kernel/calendar-window';
import { cardOf } from './condition.ts';
import { compileOffers } from './compile.ts';
import type { Decision } from './decision.ts';
import { evaluate } from './evaluate.ts';
import type { Facts, Usage } from './facts.ts';
import type { OfferSet } from './offer.ts';
import { anyTicket, anyVersions, sum } from './random-sets.fixture.ts';

/** On a busy machine a property takes longer than a test may. */
const SLOW_MS = 60_000;

interface Sold {
  readonly sale: Facts;
  readonly decisions: readonly Decision[];
}

/** Decides sale after sale on days not far from each other, feeding back what each one used. */
function soldOver(set: OfferSet, sales: readonly Facts[], steps: readonly number[]): Sold[] {
  const usage: Record<string, Usage> = {};
  const budgets: Record<string, number> = { spring: 6_000, summer: 4_000 };
  let day: Day = '2026-10-30';
  return sales.map((ticket, at) => {
    day = addDays(day, steps[at] ?? 0);
    const sale = { ...ticket, day, usage: { ...usage }, budgets: { ...budgets } };
    const { decisions, progress } = evaluate(sale, set);
    for (const { counters, funding } of [...decisions, ...progress]) {
      for (const { key, count, amount } of counters) {
        const was = usage[key] ?? { count: 0, amount: 0 };
        usage[key] = { count: was.count + count, amount: was.amount + amount };
      }
      for (const { budget, amount } of funding) if (budget) budgets[budget]! -= amount;
    }
    expect(Math.min(...Object.values(budgets))).toBeGreaterThanOrEqual(0);
    return { sale, decisions };
  });
}

const days = fc.array(fc.nat(20), { minLength: 10, maxLength: 10 });
const tickets = fc.array(anyTicket, { minLength: 2, maxLength: 10 });
const ALWAYS = { type: 'total' } as const;
const MONEY = new Set(['discount', 'points', 'cashback']);

function subjectOf(per: string, { member, device, store, terminal, ...facts }: Facts) {
  if (per === 'member') return member?.id ?? null;
  if (per === 'card') return cardOf(facts)?.token ?? null;
  return { device, store, terminal, offer: '' }[per] ?? null;
}

test(
  'counted over the sales themselves, no subject gets more than a limit in any window',
  () => {
    fc.assert(
      fc.property(anyVersions, tickets, days, (offers, sales, steps) => {
        const sold = soldOver(compileOffers(offers), sales, steps);
        for (const { offer, definition } of offers) {
          for (const { per, window = ALWAYS, count, amount } of definition.limits.each) {
            const got = sold.map(({ sale, decisions }) => ({
              sale,
              own: decisions.filter((each) => each.offer === offer),
            }));
            for (const { sale, own } of got) {
              const counted = own.filter(({ kind }) => MONEY.has(kind));
              const inLine = sale.lines.map((_, line) =>
                sum(counted.map(({ lineShares }) => lineShares[line]!)),
              );
              if (per === 'line') {
                expect(Math.max(...inLine)).toBeLessThanOrEqual(amount ?? Infinity);
                continue;
              }
              const subject = subjectOf(per, sale);
              const { from } = windowOf(sale.day, window);
              const within = got.filter(
                (each) =>
                  (each.sale === sale || per !== 'sale') &&
                  (per === 'sale' || subjectOf(per, each.sale) === subject) &&
                  (from === null || (from <= each.sale.day && each.sale.day <= sale.day)),
              );
              const parts = within
                .flatMap((each) => each.own)
                .filter(({ kind }) => MONEY.has(kind));
              if (own.length > 0 && per !== 'sale') {
                expect(subject).not.toBeNull();
                const times = within.filter((each) => each.own.length > 0).length;
                expect(times).toBeLessThanOrEqual(count ?? Infinity);
              }
              if (own.length > 0)
                expect(sum(parts.map((part) => part.amount))).toBeLessThanOrEqual(
                  amount ?? Infinity,
                );
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  },
  SLOW_MS,
);

test(
  'counted over the sales themselves, no payer pays more than a cap',
  () => {
    fc.assert(
      fc.property(anyVersions, tickets, days, (offers, sales, steps) => {
        const sold = soldOver(compileOffers(offers), sales, steps);
        for (const { offer, definition } of offers) {
          for (const [at, benefit] of definition.benefits.entries()) {
            const own = 'funding' in benefit ? benefit.funding : undefined;
            for (const { party, budget, cap } of own ?? definition.funding) {
              const same = (index: number) =>
                own
                  ? index === at
                  : !(
                      'funding' in definition.benefits[index]! && definition.benefits[index].funding
                    );
              const paid = sold.map(({ sale, decisions }) => ({
                day: sale.day,
                amount: sum(
                  decisions
                    .filter((each) => each.offer === offer && same(each.benefit))
                    .flatMap(({ funding }) => funding)
                    .filter((part) => part.party === party && part.budget === budget)
                    .map((part) => part.amount),
                ),
              }));
              const most = (of: (day: Day) => string) =>
                Math.max(
                  ...Map.groupBy(paid, ({ day }) => of(day))
                    .values()
                    .map((group) => sum(group.map(({ amount }) => amount))),
                );
              for (const { amount } of paid)
                expect(amount).toBeLessThanOrEqual(cap?.per_sale ?? Infinity);
              expect(most((day) => day)).toBeLessThanOrEqual(cap?.per_day ?? Infinity);
              expect(most((day) => day.slice(0, 7))).toBeLessThanOrEqual(
                cap?.per_month ?? Infinity,
              );
              expect(most(() => '')).toBeLessThanOrEqual(cap?.total ?? Infinity);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  },
  SLOW_MS,
);

test(
  'what waits for a window is told apart by it, and a fixed amount is granted once in it',
  () => {
    fc.assert(
      fc.property(anyVersions, tickets, days, (offers, sales, steps) => {
        const sold = soldOver(compileOffers(offers), sales, steps);
        for (const { offer, definition } of offers) {
          for (const [at, benefit] of definition.benefits.entries()) {
            const timing = 'timing' in benefit ? benefit.timing : undefined;
            if (timing?.type !== 'cumulative') continue;
            const granted = sold.flatMap(({ sale, decisions }) =>
              decisions
                .filter((each) => each.offer === offer && each.benefit === at)
                .map((decision) => ({ sale, decision })),
            );
            const pools = new Map<string, string>();
            for (const { sale, decision } of granted) {
              const { arrival } = decision;
              if (arrival.type !== 'reached') throw new Error('waits for a window');
              const { from } = windowOf(sale.day, timing.window);
              const subject = timing.whose === 'card' ? cardOf(sale)?.token : sale.member?.id;
              const name = timing.window.type === 'rolling' ? subject : `${subject}/${from}`;
              expect(pools.get(arrival.pool) ?? name).toBe(name);
              pools.set(arrival.pool, String(name));
              if ('earn' in benefit && benefit.earn.by === 'fixed') {
                expect(arrival.now).toBe(true);
                const twin = granted.filter(
                  (other) =>
                    other.decision !== decision &&
                    (other.decision.arrival as typeof arrival).pool === arrival.pool &&
                    (from === null || (from <= other.sale.day && other.sale.day <= sale.day)),
                );
                expect(twin).toEqual([]);
              }
              if (arrival.until !== null)
                expect(daysBetween(sale.day, arrival.until)).toBeGreaterThanOrEqual(0);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  },
  SLOW_MS,
);
