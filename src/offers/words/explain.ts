import type { Text } from '#kernel/refusal';
import { netOf, sumOf, type LeafTest, type Test, type View } from '../engine/condition.ts';
import { holds } from '../engine/holds.ts';
import type { Decision } from '../engine/decision.ts';
import { decide, type Outcome } from '../engine/evaluate.ts';
import type { Verdict } from '../engine/pass.ts';
import type { Facts } from '../engine/facts.ts';
import type { Denied, NoneReason } from '../engine/grant.ts';
import type { CompiledOffer, OfferSet } from '../engine/offer.ts';
import {
  actualText,
  buyMore,
  clock,
  cutText,
  deniedText,
  grantedText,
  requiredText,
  spendMore,
} from './wording.ts';

/** `excluded_by`: a condition of a "none" group holds. `lost`: another offer of its group was granted. */
export type ExplainedReason =
  | 'granted'
  | 'partly'
  | 'lost'
  | 'excluded_by'
  | NoneReason
  | LeafTest['type'];

/** What one offer of the set did for a sale, and why. */
export interface Explanation {
  readonly offer: string;
  readonly version: number;
  readonly code: string;
  readonly outcome: 'granted' | 'partly' | 'not';
  readonly reason: ExplainedReason;
  /** What the sale shows, fen, points or a count as a number; null where there is nothing to show. */
  readonly actual: number | string | null;
  readonly required: number | string | null;
  /** required - actual where more would do it, in the same unit; null otherwise. */
  readonly missing: number | null;
  /** Offer id of the winner of its group, if it lost. */
  readonly lostTo: string | null;
  /** Budget id that was too small. */
  readonly budget: string | null;
  readonly decisions: readonly Decision[];
  readonly text: Text;
}

type Found = Pick<Explanation, 'outcome' | 'reason' | 'text'> &
  Partial<Pick<Explanation, 'actual' | 'required' | 'missing' | 'lostTo' | 'budget' | 'decisions'>>;

/** Every offer of the set in its order: granted, partly or not, and why. Decided by `evaluate` itself. */
export function explain(facts: Facts, set: OfferSet): Explanation[] {
  const outcome = decide(facts, set);
  const byOffer = Map.groupBy(outcome.evaluation.decisions, ({ offer }) => offer);
  return set.offers.map((offer) => ({
    offer: offer.id,
    version: offer.version,
    code: offer.definition.code,
    actual: null,
    required: null,
    missing: null,
    lostTo: null,
    budget: null,
    decisions: [],
    ...foundOf(offer, set, outcome, byOffer.get(offer.id) ?? []),
  }));
}

/** Why a granted benefit has its amount: "已减 10.00 元(已达优惠上限)". */
export function reasonOf(decision: Pick<Decision, 'kind' | 'amount' | 'partly'>): Text {
  const gives = grantedText(decision.kind, decision.amount);
  if (decision.partly === undefined) return gives;
  const cut = cutText(decision.partly);
  return { zh: `${gives.zh}(${cut.zh})`, en: `${gives.en} (${cut.en})` };
}

function foundOf(
  offer: CompiledOffer,
  set: OfferSet,
  { view, verdicts, lost }: Outcome,
  decisions: readonly Decision[],
): Found {
  if (decisions.length > 0) return grantedFound(offer, decisions);
  const failure = failureIn(offer.tests, view);
  if (failure !== null) return failedFound(failure, offer, view);
  const winner = lost.get(offer.rank);
  if (winner !== undefined) return lostFound(set.offers[winner]!);
  return deniedFound(offer, verdicts.get(offer.rank) ?? []);
}

function grantedFound(offer: CompiledOffer, decisions: readonly Decision[]): Found {
  const whole =
    decisions.length === offer.benefits.length &&
    decisions.every(({ partly }) => partly === undefined);
  const reasons = decisions.map((decision) => reasonOf(decision));
  const outcome = whole ? 'granted' : 'partly';
  return {
    outcome,
    reason: outcome,
    decisions,
    text: {
      zh: reasons.map(({ zh }) => zh).join(';'),
      en: reasons.map(({ en }) => en).join('; '),
    },
  };
}

function lostFound(winner: CompiledOffer): Found {
  const { name } = winner.definition;
  return {
    outcome: 'not',
    reason: 'lost',
    lostTo: winner.id,
    text: {
      zh: `不能同享,已选用「${name.zh}」`,
      en: `Cannot be combined; “${name.en}” was applied instead`,
    },
  };
}

/** The denied benefit nearest to a grant: one that only lacks spending, else the first. */
function deniedFound(offer: CompiledOffer, verdicts: readonly Verdict[]): Found {
  const denied = verdicts.filter(
    (each): each is Verdict & { grant: Denied } => 'reason' in each.grant,
  );
  const nearest = denied.find(({ grant }) => grant.reason === 'spend') ?? denied[0];
  if (nearest === undefined) throw new Error(`offer ${offer.id} matches and has no verdict`);
  const { grant, benefit } = nearest;
  return {
    outcome: 'not',
    reason: grant.reason,
    actual: grant.actual,
    required: grant.required,
    missing: grant.reason === 'spend' ? grant.required - grant.actual : null,
    budget: grant.budget ?? null,
    text: deniedText(grant, offer.definition.benefits[benefit.index]!),
  };
}

interface Failure {
  readonly test: LeafTest;
  /** True: the test holds and should not. */
  readonly inverted: boolean;
}

function failureIn(tests: readonly Test[], view: View): Failure | null {
  for (const test of tests) {
    if (!holds(test, view)) return firstFailure(test, view);
  }
  return null;
}

/** The first leaf that makes a failing test fail; of alternatives one that only lacks an amount is preferred. */
function firstFailure(test: Test, view: View): Failure {
  if (!('of' in test)) return { test, inverted: false };
  if (test.type === 'none')
    return firstHolding(
      test.of.find((inner) => holds(inner, view))!,
      view,
    );
  const failing = test.of.filter((inner) => !holds(inner, view));
  const failures = failing.map((inner) => firstFailure(inner, view));
  const near = failures.find((failure) => shortfall(failure, view) !== null);
  return (test.type === 'any' ? near : undefined) ?? failures[0]!;
}

function firstHolding(test: Test, view: View): Failure {
  if (!('of' in test)) return { test, inverted: true };
  if (test.type !== 'none')
    return firstHolding(
      test.of.find((inner) => holds(inner, view))!,
      view,
    );
  return firstFailure(
    test.of.find((inner) => !holds(inner, view))!,
    view,
  );
}

interface Shown {
  readonly actual: number | string | null;
  readonly required: number | string | null;
  readonly missing: number | null;
  readonly unit: 'fen' | 'items' | null;
}

function failedFound(failure: Failure, offer: CompiledOffer, view: View): Found {
  const { test, inverted } = failure;
  const asked = requiredText(test);
  const { actual, required, missing, unit } = shortfall(failure, view) ?? shown(test, view);
  const benefit = offer.definition.benefits[0]!;
  const words = (): Text => {
    if (inverted) return { zh: `不适用于:${asked.zh}`, en: `Does not apply to: ${asked.en}` };
    if (missing !== null && unit === 'fen') return spendMore(missing, benefit);
    if (missing !== null) return buyMore(missing, 'items' in test ? test.items : null, benefit);
    if (test.type === 'member') return { zh: '注册会员即可享受', en: 'Join to get it' };
    const here = actualText(test, actual);
    const zh = here === null ? '' : `(本单:${here.zh})`;
    const en = here === null ? '' : ` (here: ${here.en})`;
    return { zh: `仅限:${asked.zh}${zh}`, en: `Only for: ${asked.en}${en}` };
  };
  const reason = inverted ? 'excluded_by' : test.type;
  return { outcome: 'not', reason, actual, required, missing, text: words() };
}

/** Set if more spending or more items would make the test hold. */
function shortfall({ test, inverted }: Failure, view: View): Shown | null {
  if (inverted) return null;
  if (test.type === 'basket_amount') return lacking(view.gross, test.min, 'fen');
  if (test.type === 'basket_net') return lacking(netOf(view, null), test.min, 'fen');
  if (test.type === 'basket_quantity') return lacking(view.quantity, test.min, 'items');
  if (test.type !== 'contains') return null;
  const sum = sumOf(test.items, view.facts.lines);
  return lacking(sum.quantity, test.quantity, 'items') ?? lacking(sum.amount, test.amount, 'fen');
}

function lacking(actual: number, required: number, unit: 'fen' | 'items'): Shown | null {
  return actual < required ? { actual, required, missing: required - actual, unit } : null;
}

function pair(actual: number | string | null, required: number | string | null): Shown {
  return { actual, required, missing: null, unit: null };
}

function shown(test: LeafTest, view: View): Shown {
  const { facts } = view;
  switch (test.type) {
    case 'day':
      return pair(facts.day, facts.day < test.from ? test.from : test.to);
    case 'weekday':
      return pair(facts.weekday, [...test.weekdays].join(','));
    case 'hours':
      return pair(clock(facts.minute), requiredText(test).en);
    case 'store':
      return pair(facts.store, [...test.stores].join(','));
    case 'channel':
      return pair(facts.channel, [...test.channels].join(','));
    case 'member':
      return pair(null, 'member');
    case 'programme':
      return pair(facts.member?.programme ?? null, [...test.programmes].join(','));
    case 'tier':
      return pair(facts.member?.tier ?? null, [...test.tiers].join(','));
    case 'label':
      return pair(facts.member?.labels.join(',') ?? null, [...test.labels].join(','));
    case 'tender':
      return pair(
        facts.tenders.map(({ method }) => method).join(',') || null,
        [...test.methods].join(','),
      );
    case 'basket_amount':
      return pair(view.gross, test.max);
    case 'basket_net':
      return pair(netOf(view, null), test.max);
    case 'basket_quantity':
      return pair(view.quantity, test.max);
    case 'contains':
    case 'target':
      return pair(
        null,
        [...test.items.skus, ...test.items.categories, ...test.items.brands].join(','),
      );
    case 'bin':
    case 'birthday':
    case 'blackout':
    case 'card_kind':
    case 'code':
    case 'coupon':
    case 'day_kind':
    case 'days_of_month':
    case 'days_since_last':
    case 'history':
    case 'hold_out':
    case 'issuer':
    case 'mcc':
    case 'member_for':
    case 'nth_purchase':
    case 'scheme':
    case 'terminal':
    case 'terminal_kind':
    case 'unit_price':
    case 'wallet':
      return pair(null, null);
  }
}
