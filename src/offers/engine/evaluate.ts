import { viewOf, type View } from './condition.ts';
import type { Decision } from './decision.ts';
import type { Facts } from './facts.ts';
import { matching } from './match.ts';
import type { CompiledOffer, OfferSet } from './offer.ts';
import { type Pass, passOver, type Verdict, worthOf } from './pass.ts';
import { bestChoice, blockerOf, type Contest, contestOf, type Trial } from './stacking.ts';

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
  /**
   * Decisions of 0 of a sale that counts towards a pool without being granted anything itself: store
   * them behind the decisions, for a refund takes the counted fen back.
   */
  readonly progress: readonly Decision[];
}

/** A decided sale with the traces from which an explanation is made. */
export interface Outcome {
  readonly evaluation: Evaluation;
  readonly view: View;
  /** By offer rank; an offer that does not match, or lost, has none. */
  readonly verdicts: ReadonlyMap<number, readonly Verdict[]>;
  /** Rank of an offer that would have been granted -> rank of the granted one that keeps it out. */
  readonly lost: ReadonlyMap<number, number>;
}

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
  const contest = contestOf(matched, set);
  if (contest === null) {
    const pass = passOver(facts, view, matched);
    return { evaluation: evaluationOf(view, pass), view, verdicts: pass.verdicts, lost: NOBODY };
  }
  return settled(facts, view, set, matched, contest);
}

const NOBODY: ReadonlyMap<number, number> = new Map();

interface Attempt extends Trial {
  readonly pass: Pass;
}

/** What is known of the contenders after some attempts. */
interface Known {
  /** Those that give nothing and so make room for the others, with why. */
  readonly idle: Map<number, readonly Verdict[]>;
  /** Those that gave nothing wherever they were chosen; null for the others. */
  readonly seen: Map<number, readonly Verdict[] | null>;
  readonly groups: OfferSet['groups'];
}

/** Decides with the best of those that compete; who turns out to give nothing makes room for the others. */
function settled(
  facts: Facts,
  view: View,
  set: OfferSet,
  matched: readonly CompiledOffer[],
  first: Contest,
): Outcome {
  const known: Known = { idle: new Map(), seen: new Map(), groups: set.groups };
  let contest: Contest | null = first;
  let offers = matched;
  for (;;) {
    const attempt = attempts(facts, view, offers, contest);
    if (contest === null) return outcomeOf(view, attempt([]), matched, null, known, attempt);
    known.seen.clear();
    const { best, tried } = bestChoice(contest, facts, attempt);
    for (const trial of tried) look(trial, known);
    const useless = uselessIn(best, contest, known);
    if (useless.length === 0) return outcomeOf(view, best, matched, contest, known, attempt);
    for (const { rank } of useless)
      known.idle.set(rank, known.seen.get(rank) ?? best.pass.verdicts.get(rank) ?? []);
    offers = offers.filter(({ rank }) => !known.idle.has(rank));
    contest = contestOf(offers, set);
  }
}

function look({ chosen, worth, pass }: Attempt, { seen }: Known): void {
  for (const { rank } of chosen) {
    if (worth.has(rank)) seen.set(rank, null);
    else if (!seen.has(rank)) seen.set(rank, pass.verdicts.get(rank) ?? []);
  }
}

type Attempting = (chosen: readonly CompiledOffer[], also?: readonly CompiledOffer[]) => Attempt;

function attempts(
  facts: Facts,
  view: View,
  offers: readonly CompiledOffer[],
  contest: Contest | null,
): Attempting {
  const contending = new Set(contest?.contenders);
  return (chosen, also = []) => {
    const together = offers.filter((offer) => !contending.has(offer) || chosen.includes(offer));
    const all = also.length === 0 ? together : [...together, ...also];
    const pass = passOver(facts, view, also.length === 0 ? all : all.toSorted(byRank));
    return { chosen, worth: worthOf(pass), pass };
  };
}

function byRank(a: CompiledOffer, b: CompiledOffer): number {
  return a.rank - b.rank;
}

/** Those that give nothing wherever they are chosen; else those of the best that give nothing and alone keep somebody out. */
function uselessIn(
  { chosen, worth }: Trial,
  { contenders, groups }: Contest,
  { seen }: Known,
): CompiledOffer[] {
  const never = contenders.filter(({ rank }) => Array.isArray(seen.get(rank)));
  if (never.length > 0) return never;
  const granted = chosen.filter(({ rank }) => worth.has(rank));
  const free = contenders.filter(
    (offer) => !chosen.includes(offer) && blockerOf(offer, granted, groups) === null,
  );
  return chosen.filter(
    (each) =>
      !worth.has(each.rank) &&
      free.some((offer) => blockerOf(offer, [each], groups) !== null || each.group === offer.group),
  );
}

function outcomeOf(
  view: View,
  best: Attempt,
  matched: readonly CompiledOffer[],
  contest: Contest | null,
  { idle, seen, groups }: Known,
  attempt: Attempting,
): Outcome {
  const granted = matched.filter(({ rank }) => best.worth.has(rank));
  const counting = countingIdle(matched, granted, idle, groups);
  const { pass } = counting.length === 0 ? best : attempt(best.chosen, counting);
  const verdicts = new Map<number, readonly Verdict[]>([...idle, ...pass.verdicts]);
  const lost = new Map<number, number>();
  for (const offer of contest?.contenders ?? []) {
    if (best.chosen.includes(offer)) continue;
    // An offer that gives nothing even where it is chosen has a reason of its own.
    const own = seen.get(offer.rank);
    const winner = blockerOf(offer, granted, groups);
    if (own) verdicts.set(offer.rank, own);
    else if (winner !== null) lost.set(offer.rank, winner.rank);
  }
  return { evaluation: evaluationOf(view, pass), view, verdicts, lost };
}

/** Offers that give nothing yet, but count the sale towards a window, unless somebody granted keeps them out. */
function countingIdle(
  matched: readonly CompiledOffer[],
  granted: readonly CompiledOffer[],
  idle: Known['idle'],
  groups: OfferSet['groups'],
): CompiledOffer[] {
  const counting: CompiledOffer[] = [];
  for (const offer of matched) {
    const counts =
      idle.get(offer.rank)?.some(({ grant }) => 'reason' in grant && grant.pool !== undefined) ??
      false;
    if (counts && blockerOf(offer, [...granted, ...counting], groups) === null)
      counting.push(offer);
  }
  return counting;
}

function evaluationOf(view: View, { running, decisions, progress }: Pass): Evaluation {
  let due = 0;
  const lines = view.facts.lines.map(({ amount }, line): LineResult => {
    const net = running.nets[line]!;
    due += net;
    return { amount, discount: amount - net, net };
  });
  return { gross: view.gross, discount: view.gross - due, due, lines, decisions, progress };
}
