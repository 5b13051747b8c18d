import type { Branch, Literal } from './branches.ts';
import type { Bound, Numbers } from './range.ts';
import { boundOf } from './sale-bounds.ts';

/** Days in the programme, days since the last purchase, and the how-manieth purchase it is. */
export function memberBounds(branch: Branch, needsMember: boolean): Numbers[] {
  const days: Bound[] = [];
  const pause: Bound[] = [];
  const nth: Bound[] = [];
  for (const literal of branch) {
    const { leaf } = literal;
    if (leaf.type === 'member_for')
      days.push(boundOf(literal, { min: leaf.min_days, max: leaf.max_days }));
    if (leaf.type === 'days_since_last') pause.push(boundOf(literal, leaf));
    if (leaf.type === 'nth_purchase' && leaf.numbers && leaf.every === undefined)
      nth.push(...nthBounds(literal, leaf.numbers));
    if (leaf.type === 'nth_purchase' && leaf.every !== undefined && !leaf.numbers)
      nth.push({ ...boundOf(literal, { min: 1 }), every: leaf.every });
  }
  const all: Numbers[] = [
    { what: { zh: '入会天数', en: 'days since joining' }, least: 0, bounds: days },
    { what: { zh: '距上次消费天数', en: 'days since the last purchase' }, least: 0, bounds: pause },
    { what: { zh: '第几次消费', en: 'number of the purchase' }, least: 1, bounds: nth },
  ];
  // What must not hold is met by a buyer who is not known, and days since the last by one who never bought.
  return all.filter(
    ({ bounds }, index) => bounds.some(({ banned }) => !banned) || (needsMember && index !== 1),
  );
}

/** One of the numbers: at least the least and at most the greatest, without what lies between. */
function nthBounds(literal: Literal, numbers: readonly number[]): Bound[] {
  if (literal.negated)
    return numbers.map((each) => ({ min: each, max: each, banned: true, literal }));
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((each, index): Bound => {
    return { min: sorted[index]! + 1, max: each - 1, banned: true, literal };
  });
  return [
    { min: sorted[0]!, max: sorted.at(-1)!, literal },
    ...gaps.filter(({ min, max }) => min <= max),
  ];
}
