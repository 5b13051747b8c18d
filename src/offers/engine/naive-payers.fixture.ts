import type { Funding } from '../rule/definition.ts';
import { sharedOut, total } from './naive-numbers.fixture.ts';

type Payer = Funding[number];

/** Largest amount that payers give of what is asked, and what each of them gives. */
export interface Given {
  readonly amount: number;
  readonly parts: readonly number[];
}

function weightsOf(funding: Funding): number[] {
  const shares = total(funding.map(({ share }) => share ?? 0));
  return funding.map(({ share, remainder }) => share ?? (remainder ? 1_000_000 - shares : 0));
}

/** Fixed parts in their order, never more than is left; what they leave by share, in whole fen or in millionths. */
function partsOf(funding: Funding, amount: number, whole: boolean): number[] {
  let rest = amount;
  const fixed = funding.map((payer) => {
    const part = Math.min(payer.fixed ?? 0, rest);
    rest -= part;
    return part;
  });
  const weights = weightsOf(funding);
  if (!whole) return fixed.map((part, at) => part * 1_000_000 + rest * weights[at]!);
  const shares = rest === 0 ? fixed.map(() => 0) : sharedOut(rest, weights);
  return fixed.map((part, at) => part + shares[at]!);
}

/** What a payer has not room for goes to those after it if it may; null if somebody has to pay too much. */
function passedOn(
  funding: readonly Payer[],
  parts: readonly number[],
  rooms: readonly number[],
): number[] | null {
  let over = 0;
  const given: number[] = [];
  for (const [at, { overflow }] of funding.entries()) {
    const asked = parts[at]! + over;
    given.push(Math.min(asked, rooms[at]!));
    over = asked - given[at]!;
    if (over > 0 && overflow !== 'next') return null;
  }
  return over > 0 ? null : given;
}

/**
 * Everything if the payers have room for their whole fen. Else the most of which every payer can give its
 * exact proportion, and its whole fen too.
 */
export function givenBy(funding: Funding, asked: number, rooms: readonly number[]): Given {
  const all = passedOn(funding, partsOf(funding, asked, true), rooms);
  if (all !== null) return { amount: asked, parts: all };
  const millionths = rooms.map((room) => room * 1_000_000);
  const exact = (amount: number) =>
    passedOn(funding, partsOf(funding, amount, false), millionths) !== null;
  // What is exact for an amount is exact for a smaller one, so halving finds the largest.
  let [low, high] = [0, asked];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (exact(middle)) low = middle;
    else high = middle - 1;
  }
  for (let amount = low; amount > 0; amount--) {
    const parts = passedOn(funding, partsOf(funding, amount, true), rooms);
    if (parts !== null) return { amount, parts };
  }
  return { amount: 0, parts: funding.map(() => 0) };
}
