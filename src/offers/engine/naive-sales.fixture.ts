import fc from 'fast-check';
import { dayKind } from '#kernel/business-day';
import { addDays } from '#kernel/day';
import { Temporal } from 'temporal-polyfill';
import {
  type Condition,
  definition,
  type Definition,
  type DefinitionInput,
} from '../rule/definition.ts';
import { anyLeaf } from '../rule/condition.fixture.ts';
import { anyDefinitionInput } from '../rule/definition.fixture.ts';
import { anyItems } from '../rule/world.fixture.ts';
import { historyOf } from './ask-history.ts';
import { compileOffers } from './compile.ts';
import type { Decision } from './decision.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import type { Facts, Usage } from './facts.ts';
import { decideNaively } from './naive-model.fixture.ts';
import { historyIn, type NaiveSale } from './naive-till.fixture.ts';
import type { OfferSet, OfferVersion } from './offer.ts';
import { anyTicket } from './random-sets.fixture.ts';

const CODES = ['A', 'OTHER', 'THIRD', 'D', 'E', 'F'];
const PARTS = ['tea', 'cup', 'cake', 'book'];

/** How offers of a group choose, so that no two of them say different things. */
const PICKS = {
  g1: { pick: 'best' },
  g2: { pick: 'first' },
  g3: { pick: 'all', most: 2 },
} as const;

/** Coupons asked for in an "any" or "none" may be used or not: the model knows only those without which nothing holds. */
function coupons(condition: Condition | undefined, outright = true): number {
  if (condition === undefined) return 0;
  if ('of' in condition) {
    const inner = condition.of.map((each) => coupons(each, outright && condition.type === 'all'));
    return inner.reduce((sum, each) => sum + each, 0);
  }
  return condition.type === 'coupon' ? (outright ? 1 : Infinity) : 0;
}

type BenefitInput = DefinitionInput['benefits'][number];

/** No unit is of two parts of a bundle, so that every way to fill a set takes the same. */
function modelled(benefit: BenefitInput): BenefitInput {
  if (benefit.kind !== 'discount' || benefit.off.by !== 'bundle') return benefit;
  const parts = benefit.off.parts.map(({ quantity }, at) => ({ skus: [PARTS[at]!], quantity }));
  return { ...benefit, off: { ...benefit.off, parts } };
}

const grouped: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    type: fc.constantFrom('any', 'none'),
    of: fc.array(anyLeaf, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('all'), of: fc.array(anyLeaf, { minLength: 1, maxLength: 2 }) }),
);

/** Mostly offers for everybody, so that several of them meet in a sale. */
const anyRule: fc.Arbitrary<Definition> = fc
  .tuple(
    anyDefinitionInput,
    fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 3 },
      { arbitrary: fc.constant('as written' as const), weight: 1 },
      { arbitrary: anyLeaf, weight: 2 },
      { arbitrary: grouped, weight: 1 },
    ),
    fc.boolean(),
    fc.constantFrom(undefined, undefined, undefined, 'g1', 'g2', 'g3'),
    fc.boolean(),
  )
  .filter(([{ conditions }, asked]) => {
    const kept = asked === 'as written' ? (conditions as Condition | undefined) : asked;
    return coupons(kept) <= 1;
  })
  .map(([input, asked, whole, group, lane]) => {
    const { conditions, schedule, scope, audience, stacking, ...rest } = input;
    const kept = asked === 'as written' ? conditions : asked;
    const { group: _group, pick: _pick, most: _most, ...other } = stacking ?? {};
    if (lane && other.lane === 'tender') other.lane = 'coupon';
    return definition.parse({
      ...rest,
      benefits: rest.benefits.map(modelled),
      ...(whole ? { schedule, scope, audience } : { schedule: { from: '2025-01-01' } }),
      ...(kept && { conditions: kept }),
      stacking: { ...other, ...(group && { group, ...PICKS[group] }) },
    });
  });

/** Points for everybody, and a multiple of them. */
const multiplied: fc.Arbitrary<Definition[]> = fc
  .tuple(
    anyItems,
    fc.integer({ min: 1_000_001, max: 4_000_000 }),
    fc.constantFrom('down', 'half_up'),
  )
  .map(([target, factor, rounding]) =>
    [
      { earn: { by: 'per_yuan', rate: 1_500_000 } as const },
      { earn: { by: 'multiplier', factor, rounding } as const, target },
    ].map((gives, priority) =>
      definition.parse({
        code: 'G',
        name: { zh: '积分', en: 'Points' },
        priority,
        schedule: { from: '2025-01-01' },
        benefits: [{ kind: 'points', expiry: { type: 'none' }, ...gives }],
      }),
    ),
  );

/** Up to six live offers that may compete, at times with two more of points. */
export const anyOffers: fc.Arbitrary<OfferVersion[]> = fc
  .tuple(
    fc.array(anyRule, { minLength: 1, maxLength: CODES.length }),
    fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, { arbitrary: multiplied, weight: 1 }),
  )
  .map(([rules, points]) =>
    [...rules.map((rule, at) => ({ ...rule, code: CODES[at]! })), ...points].map((rule, at) => ({
      offer: `o${at}`,
      version: 1,
      status: 'live',
      definition: rule,
    })),
  );

const left = fc.record(
  { 'next-visit': fc.nat(5), birthday: fc.nat(5) },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, number>>;

/** Sales one after the other, some days apart. */
export const anySales: fc.Arbitrary<Facts[]> = fc
  .array(fc.tuple(anyTicket, fc.oneof(fc.constant(0), fc.nat(20)), fc.option(left)), {
    minLength: 1,
    maxLength: 5,
  })
  .map((sales) => {
    let day = '2026-10-01';
    return sales.map(([ticket, step, couponsLeft]) => {
      day = addDays(day, step);
      return {
        ...ticket,
        day,
        weekday: Temporal.PlainDate.from(day).dayOfWeek,
        dayKind: dayKind(day),
        ...(couponsLeft && { couponsLeft }),
      };
    });
  });

/** One sale by the engine and by the model. */
export interface Both {
  readonly facts: Facts;
  readonly engine: Evaluation;
  readonly model: NaiveSale;
}

/**
 * Sells sale after sale: the engine reads the counters that it wrote, the model the sales themselves.
 * Ends before a sale for which the model knows no legal choice.
 */
export function sellBoth(
  offers: readonly OfferVersion[],
  sales: readonly Facts[],
  most: Readonly<Record<string, number>> = { spring: 6_000, summer: 4_000 },
): Both[] {
  const set = compileOffers(offers);
  const past: NaiveSale[] = [];
  const usage: Record<string, Usage> = {};
  const budgets: Record<string, number> = { ...most };
  const sold: Both[] = [];
  for (const ticket of sales) {
    const facts = factsOf(ticket, set, past, { usage: { ...usage }, budgets: { ...budgets } });
    const model = decideNaively(offers, facts, past);
    if (model === null) break;
    const engine = evaluate(facts, set);
    for (const decision of [...engine.decisions, ...engine.progress])
      count(decision, usage, budgets, 1);
    past.push(model);
    sold.push({ facts, engine, model });
  }
  return sold;
}

function factsOf(
  ticket: Facts,
  set: OfferSet,
  past: readonly NaiveSale[],
  state: Pick<Facts, 'usage' | 'budgets'>,
): Facts {
  const history = Object.fromEntries(
    historyOf(ticket, set).map(({ key, ...asked }) => [key, historyIn(past)(asked)]),
  );
  return { ...ticket, ...state, history };
}

/** Adds, or takes back, what a decision uses of counters and budgets. */
export function count(
  { counters, funding }: Pick<Decision, 'counters' | 'funding'>,
  usage: Record<string, Usage>,
  budgets: Record<string, number>,
  times: 1 | -1,
): void {
  for (const use of counters) {
    const was = usage[use.key] ?? { count: 0, amount: 0 };
    usage[use.key] = {
      count: was.count + times * use.count,
      amount: was.amount + times * use.amount,
    };
  }
  for (const { budget, amount } of funding)
    if (budget !== undefined) budgets[budget] = budgets[budget]! - times * amount;
}
