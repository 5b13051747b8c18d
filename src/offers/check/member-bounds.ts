import type { Branch } from './branches.ts';
import type { Bound, Numbers } from './range.ts';
import { boundOf } from './sale-bounds.ts';

/** Days in the programme, and days since the last purchase. */
export function memberBounds(branch: Branch, needsMember: boolean): Numbers[] {
  const days: Bound[] = [];
  const pause: Bound[] = [];
  for (const literal of branch) {
    const { leaf } = literal;
    if (leaf.type === 'member_for')
      days.push(boundOf(literal, { min: leaf.min_days, max: leaf.max_days }));
    if (leaf.type === 'days_since_last') pause.push(boundOf(literal, leaf));
  }
  const all: Numbers[] = [
    { what: { zh: '入会天数', en: 'days since joining' }, least: 0, bounds: days },
    { what: { zh: '距上次消费天数', en: 'days since the last purchase' }, least: 0, bounds: pause },
  ];
  // What must not hold is met by a buyer who is not known, and days since the last by one who never bought.
  return all.filter(
    ({ bounds }, index) => bounds.some(({ banned }) => !banned) || (needsMember && index !== 1),
  );
}
