import { askIndex } from './ask-index.ts';
import type { View } from './condition.ts';
import type { SaleFacts } from './facts.ts';
import { holds } from './holds.ts';
import type { Asked } from './meet.ts';
import type { OfferIndex } from './offer-index.ts';
import type { CompiledOffer, OfferSet } from './offer.ts';

/** Offers whose every test but the late ones holds, in the set's order. */
export function matching(view: View, { index, offers }: OfferSet): CompiledOffer[] {
  const { facts } = view;
  const matched: CompiledOffer[] = [];
  const rest = isPlain(facts) ? index.plainRest : index.rest;
  const asked = askIndex(index, facts);
  for (let word = 0; word < index.words; word++) {
    let left = meetAll(asked, word);
    while (left !== 0) {
      const rank = (word << 5) + 31 - Math.clz32(left & -left);
      left &= left - 1;
      if (allHold(rest[rank]!, view)) matched.push(offers[rank]!);
    }
  }
  return matched;
}

function allHold(tests: OfferIndex['rest'][number], view: View): boolean {
  for (const test of tests) if (!holds(test, view)) return false;
  return true;
}

/** One tender and whole pieces: what a sale shows of tender and goods is then all that most tests ask. */
function isPlain({ tenders, lines }: SaleFacts): boolean {
  if (tenders.length !== 1) return false;
  for (const line of lines) if (line.quantity < 1) return false;
  return true;
}

/** Ranks of the offers that may match, ascending. */
export function candidates(index: OfferIndex, facts: SaleFacts): number[] {
  const ranks: number[] = [];
  const asked = askIndex(index, facts);
  for (let word = 0; word < index.words; word++) {
    let left = meetAll(asked, word);
    while (left !== 0) {
      ranks.push((word << 5) + 31 - Math.clz32(left & -left));
      left &= left - 1;
    }
  }
  return ranks;
}

/** The offers of a word that every dimension admits; most words are empty after a few of them. */
function meetAll({ bits, count }: Asked, word: number): number {
  let left = -1;
  for (let at = 0; at < count && left !== 0; at++) left &= bits[at]![word]!;
  return left;
}
