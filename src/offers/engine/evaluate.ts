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

/** Decides with the best of those that compete; who turns out to give nothing makes room for the others. */
function settled(
  facts: Facts,
  view: View,
  set: OfferSet,
  matched: readonly CompiledOffer[],
  first: Contest,
): Outcome {
  const idle = new Map<number, readonly Verdict[]>();
  const seen = new Map<number, readonly Verdict[] | null>();
  let contest: Contest | null = first;
  let offers = matched;
  for (;;) {
    const attempt = attempts(facts, view, offers, contest);
    const { best, tried } =
      contest === null ? { best: attempt([]), tried: [] } : bestChoice(contest, facts, attempt);
    for (const { chosen, worth, pass } of tried) {
      for (const { rank } of chosen) {
        if (worth.has(rank)) seen.set(rank, null);
        else if (!seen.has(rank)) seen.set(rank, pass.verdicts.get(rank) ?? []);
      }
    }
    const useless = contest === null ? [] : uselessIn(best, contest);
    for (const { rank } of useless) idle.set(rank, best.pass.verdicts.get(rank) ?? []);
    if (useless.length > 0) {
      offers = offers.filter(({ rank }) => !idle.has(rank));
      contest = contestOf(offers, set);
      continue;
    }
    return outcomeOf(view, best, contest, idle, seen);
  }
}

function attempts(
  facts: Facts,
  view: View,
  offers: readonly CompiledOffer[],
  contest: Contest | null,
): (chosen: readonly CompiledOffer[]) => Attempt {
  const contending = new Set(contest?.contenders);
  return (chosen) => {
    const pass = passOver(
      facts,
      view,
      offers.filter((offer) => !contending.has(offer) || chosen.includes(offer)),
    );
    return { chosen, worth: worthOf(pass), pass };
  };
}

/** Chosen offers that were granted nothing and alone keep somebody out. */
function uselessIn({ chosen, worth }: Trial, { contenders, groups }: Contest): CompiledOffer[] {
  const granted = chosen.filter(({ rank }) => worth.has(rank));
  const free = contenders.filter(
    (offer) => !chosen.includes(offer) && blockerOf(offer, granted, groups) === null,
  );
  const useless = new Set<CompiledOffer>();
  for (const offer of free) {
    const blocker = blockerOf(offer, chosen, groups);
    for (const each of chosen)
      if (!worth.has(each.rank) && (each === blocker || each.group === offer.group))
        useless.add(each);
  }
  return [...useless];
}

function outcomeOf(
  view: View,
  { chosen, worth, pass }: Attempt,
  contest: Contest | null,
  idle: ReadonlyMap<number, readonly Verdict[]>,
  seen: ReadonlyMap<number, readonly Verdict[] | null>,
): Outcome {
  const verdicts = new Map<number, readonly Verdict[]>([...idle, ...pass.verdicts]);
  const lost = new Map<number, number>();
  const granted = chosen.filter(({ rank }) => worth.has(rank));
  for (const offer of contest?.contenders ?? []) {
    if (chosen.includes(offer)) continue;
    // An offer that gives nothing even where it is chosen has a reason of its own.
    const own = seen.get(offer.rank);
    const winner = blockerOf(offer, granted, contest!.groups);
    if (own) verdicts.set(offer.rank, own);
    else if (winner !== null) lost.set(offer.rank, winner.rank);
  }
  return { evaluation: evaluationOf(view, pass), view, verdicts, lost };
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
