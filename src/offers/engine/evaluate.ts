import type { Day } from '#kernel/day';
import { split } from '#kernel/share';
import { viewOf, type View } from './condition.ts';
import type { Lane } from '../rule/definition.ts';
import type { Facts, SaleFacts } from './facts.ts';
import {
  grantOf,
  memberDayKey,
  type CutReason,
  type Grant,
  type Granted,
  type Running,
} from './grant.ts';
import { candidates, matching } from './match.ts';
import type { BenefitKind, CompiledBenefit, CompiledOffer, OfferSet, Payer } from './offer.ts';
import { winnerOf } from './stacking.ts';

/** A payer's part of a benefit: fen, or points for a points benefit. */
export interface FundingPart extends Payer {
  readonly amount: number;
}

/** A use to add to a counter when the sale is recorded. `amount` is fen or points. */
export interface CounterUse {
  readonly key: string;
  readonly count: number;
  readonly amount: number;
}

/** One benefit granted to a sale. Amounts are fen, or points for kind "points". */
export interface Decision {
  readonly offer: string;
  readonly version: number;
  /** Index into the definition's benefits. */
  readonly benefit: number;
  readonly kind: BenefitKind;
  readonly amount: number;
  /** What the formula says before caps, limits and budgets. */
  readonly wanted: number;
  /** Present if amount < wanted: the cut that decided. */
  readonly partly?: CutReason;
  /** Per line of the sale; sums to `amount`. */
  readonly lineShares: readonly number[];
  /** Sums to `amount`; payers whose part rounds to zero are left out. */
  readonly funding: readonly FundingPart[];
  readonly counters: readonly CounterUse[];
  /** Last day on which granted points can be used; null for no expiry. */
  readonly expiry: Day | null;
}

/** fen; discount + net = amount. */
export interface LineResult {
  readonly amount: number;
  readonly discount: number;
  readonly net: number;
}

/** fen; due = gross - discount, never negative. */
export interface Evaluation {
  readonly gross: number;
  readonly discount: number;
  readonly due: number;
  readonly lines: readonly LineResult[];
  /** In the order decided. */
  readonly decisions: readonly Decision[];
}

/** What became of a benefit of a matching offer, granted or not. */
export interface Verdict {
  readonly benefit: CompiledBenefit;
  readonly grant: Grant;
}

/** A decided sale with the traces from which an explanation is made. */
export interface Outcome {
  readonly evaluation: Evaluation;
  readonly view: View;
  /** By offer rank; an offer that does not match has none. */
  readonly verdicts: ReadonlyMap<number, readonly Verdict[]>;
  /** Rank of an offer that lost in its group -> rank of the winner. */
  readonly lost: ReadonlyMap<number, number>;
}

const LANES: readonly Lane[] = ['line', 'order', 'tender', 'earning'];

/**
 * Decides a sale: discounts lane by lane on what is still to pay, then earning on what is really
 * paid per line. Pure: same facts and set, same decisions.
 * @throws RangeError on a line with a negative or broken amount
 */
export function evaluate(facts: Facts, set: OfferSet): Evaluation {
  return decide(facts, set).evaluation;
}

/** As `evaluate`, with the trace. */
export function decide(facts: Facts, set: OfferSet): Outcome {
  const view = viewOf(facts);
  const matched = matching(view, set);
  const idle = new Map<number, readonly Verdict[]>();
  for (;;) {
    const contending = matched.filter((offer) => !idle.has(offer.rank));
    const pass = decideOnce(facts, set, contending);
    // A group's winner that got nothing in its lane makes room for the others of its group.
    const more = [...new Set(pass.lost.values())].filter((winner) => !pass.granted.has(winner));
    for (const winner of more) idle.set(winner, pass.verdicts.get(winner) ?? []);
    if (more.length === 0) {
      const verdicts = new Map([...pass.verdicts, ...idle]);
      return { evaluation: evaluationOf(view, pass), view, verdicts, lost: pass.lost };
    }
  }
}

interface Pass {
  readonly running: Running;
  readonly decisions: Decision[];
  readonly granted: Set<number>;
  readonly verdicts: Map<number, Verdict[]>;
  readonly lost: Map<number, number>;
}

function decideOnce(facts: Facts, set: OfferSet, offers: readonly CompiledOffer[]): Pass {
  const pass: Pass = {
    running: {
      facts,
      nets: facts.lines.map((line) => line.amount),
      given: new Map(),
      taken: new Map(),
    },
    decisions: [],
    granted: new Set(),
    verdicts: new Map(),
    lost: new Map(),
  };
  const winners = new Map<string, number | null>();
  for (const lane of LANES) {
    for (const offer of offers) {
      for (const benefit of offer.benefits) {
        if (benefit.lane !== lane) continue;
        const winner = contest(offer, offers, set, winners, pass.running);
        if (winner === null || winner === offer.rank) decideBenefit(offer, benefit, pass);
        else pass.lost.set(offer.rank, winner);
      }
    }
  }
  return pass;
}

/** Rank of the winner of the offer's group, decided once, where its first member is reached; null: no contest. */
function contest(
  { group }: CompiledOffer,
  offers: readonly CompiledOffer[],
  set: OfferSet,
  winners: Map<string, number | null>,
  running: Running,
): number | null {
  if (group === null) return null;
  let winner = winners.get(group);
  if (winner === undefined) {
    const contenders = offers.filter((other) => other.group === group);
    winner = winnerOf(contenders, set.picks.get(group)!, running);
    winners.set(group, winner);
  }
  return winner;
}

function decideBenefit(offer: CompiledOffer, benefit: CompiledBenefit, pass: Pass): void {
  const grant = grantOf(offer, benefit, pass.running);
  let verdicts = pass.verdicts.get(offer.rank);
  if (verdicts === undefined) pass.verdicts.set(offer.rank, (verdicts = []));
  verdicts.push({ benefit, grant });
  if ('reason' in grant) return;
  pass.decisions.push(take(offer, benefit, grant, pass));
}

/** Records a grant: lowers what is to pay for a discount and counts limits and budgets. */
function take(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  grant: Granted,
  { running, granted }: Pass,
): Decision {
  const { amount, wanted, cut } = grant;
  const { nets, given, taken, facts } = running;
  const lineShares = split(amount, grant.weights);
  if (benefit.kind === 'discount') lineShares.forEach((part, line) => (nets[line]! -= part));
  given.set(offer.rank, (given.get(offer.rank) ?? 0) + amount);
  const funding: FundingPart[] = [];
  benefit.payers.forEach((payer, index) => {
    const part = grant.parts[index]!;
    if (part === 0) return;
    funding.push({ ...payer, amount: part });
    if (payer.budget !== undefined) taken.set(payer.budget, (taken.get(payer.budget) ?? 0) + part);
  });
  // A sale counts once against an offer's limit, however many benefits and lines it has.
  const count = granted.has(offer.rank) ? 0 : 1;
  granted.add(offer.rank);
  return {
    offer: offer.id,
    version: offer.version,
    benefit: benefit.index,
    kind: benefit.kind,
    amount,
    wanted,
    ...(cut !== null && { partly: cut }),
    lineShares,
    funding,
    counters: offer.memberDay === null ? [] : [{ key: memberDayKey(offer, facts), count, amount }],
    expiry: benefit.expiryOn(facts.day),
  };
}

function evaluationOf(view: View, { running, decisions }: Pass): Evaluation {
  let due = 0;
  const lines = view.facts.lines.map(({ amount }, line): LineResult => {
    const net = running.nets[line]!;
    due += net;
    return { amount, discount: amount - net, net };
  });
  return { gross: view.gross, discount: view.gross - due, due, lines, decisions };
}

/** Every counter key that evaluating these facts may read, sorted: lock exactly these. */
export function countersOf(facts: SaleFacts, set: OfferSet): string[] {
  if (facts.member === null) return [];
  const keys: string[] = [];
  for (const rank of candidates(set.index, facts)) {
    const offer = set.offers[rank]!;
    if (offer.memberDay !== null) keys.push(memberDayKey(offer, facts));
  }
  return keys.toSorted();
}

/** Every budget id that evaluating these facts may read, sorted: lock exactly these. */
export function budgetsOf(facts: SaleFacts, set: OfferSet): string[] {
  const ids = new Set<string>();
  for (const rank of candidates(set.index, facts)) {
    for (const { payers } of set.offers[rank]!.benefits) {
      for (const { budget } of payers) if (budget !== undefined) ids.add(budget);
    }
  }
  return [...ids].toSorted();
}
