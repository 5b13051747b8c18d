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
  return settled(facts, view, matched, contest);
}

const NOBODY: ReadonlyMap<number, number> = new Map();

interface Attempt extends Trial {
  readonly pass: Pass;
}

/** Decides with the best legal choice of those that compete. */
function settled(
  facts: Facts,
  view: View,
  matched: readonly CompiledOffer[],
  contest: Contest,
): Outcome {
  const contending = new Set(contest.contenders);
  const attempt = (chosen: readonly CompiledOffer[]): Attempt => {
    const together = matched.filter((offer) => !contending.has(offer) || chosen.includes(offer));
    const pass = passOver(facts, view, together);
    return { chosen, worth: worthOf(pass), pass };
  };
  const { best, tried } = bestChoice(contest, facts, attempt);
  const granted = best.chosen.filter(({ rank }) => best.worth.has(rank));
  const reasons = reasonsIn(tried);
  const counting = contest.contenders.filter((offer) => {
    const counts = reasons.get(offer.rank)?.some(countsTowardsPool) ?? false;
    return counts && blockerOf(offer, granted, contest.groups) === null;
  });
  const also = counting.filter((offer) => !best.chosen.includes(offer));
  const { pass } = also.length === 0 ? best : attempt([...granted, ...counting]);
  const verdicts = new Map<number, readonly Verdict[]>(pass.verdicts);
  const lost = new Map<number, number>();
  for (const offer of contest.contenders) {
    if (verdicts.has(offer.rank)) continue;
    // An offer that gives nothing even where it is chosen has a reason of its own.
    const own = reasons.get(offer.rank);
    const winner = blockerOf(offer, granted, contest.groups);
    if (own) verdicts.set(offer.rank, own);
    else if (winner !== null) lost.set(offer.rank, winner.rank);
  }
  return { evaluation: evaluationOf(view, pass), view, verdicts, lost };
}

/** Why those give nothing who give nothing wherever they are chosen. */
function reasonsIn(tried: readonly Attempt[]): Map<number, readonly Verdict[]> {
  const reasons = new Map<number, readonly Verdict[]>();
  const gave = new Set<number>();
  for (const { chosen, worth, pass } of tried) {
    for (const { rank } of chosen) {
      if (worth.has(rank)) gave.add(rank);
      else reasons.set(rank, reasons.get(rank) ?? pass.verdicts.get(rank) ?? []);
    }
  }
  for (const rank of gave) reasons.delete(rank);
  return reasons;
}

function countsTowardsPool({ grant }: Verdict): boolean {
  return 'reason' in grant && grant.pool !== undefined;
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
