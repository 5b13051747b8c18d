import type { Benefit, Definition, Leaf, Target } from '../rule/definition.ts';
import type { Branch, Literal } from './branches.ts';

function must(pointer: string, leaf: Leaf): Literal {
  return { leaf, negated: false, pointer };
}

/** What schedule and audience ask of every sale, as conditions. */
export function frameOf({ schedule, audience }: Definition): Branch {
  const frame: Literal[] = [];
  const { weekdays, hours, day_kinds: kinds } = schedule;
  if (weekdays) frame.push(must('/schedule/weekdays', { type: 'weekday', weekdays }));
  if (hours) frame.push(must('/schedule/hours', { type: 'hours', hours }));
  if (kinds) frame.push(must('/schedule/day_kinds', { type: 'day_kind', kinds }));
  const { tiers, labels } = audience;
  if (tiers) frame.push(must('/audience/tiers', { type: 'tier', tiers }));
  if (labels) frame.push(must('/audience/labels', { type: 'label', labels }));
  return frame;
}

/** What a benefit needs of a sale to give anything, as conditions. */
export function needOf(benefit: Benefit, at: string): Branch {
  const { target, spend } = benefit;
  const need: Literal[] = [];
  if (spend !== undefined) need.push(enough(`${at}/spend`, target, spend));
  const ladder = stepsOf(benefit);
  if (ladder) need.push(enough(`${at}/${ladder.path}/0/from`, target, ladder.steps[0]?.from ?? 0));
  if (benefit.kind === 'discount') need.push(...unitsOf(benefit, at));
  if (target) need.push(must(`${at}/target`, { type: 'contains', ...target }));
  return need;
}

/** The goods, or the whole basket, cost so many fen when the benefit's turn comes. */
function enough(pointer: string, target: Target | undefined, min: number): Literal {
  return must(
    pointer,
    target
      ? { type: 'contains', ...target, amount: min }
      : { type: 'basket_amount', basis: 'net', min },
  );
}

function unitsOf({ off, target }: Extract<Benefit, { kind: 'discount' }>, at: string): Literal[] {
  const several = (field: string, quantity: number, of = target) => [
    must(
      `${at}/off/${field}`,
      of ? { type: 'contains', ...of, quantity } : { type: 'basket_quantity', min: quantity },
    ),
  ];
  switch (off.by) {
    case 'nth_item':
      return several('nth', off.nth);
    case 'buy_get':
      return off.of
        ? [
            ...several('buy', off.buy),
            ...several('get', off.get, off.of),
            must(`${at}/off/get`, { type: 'basket_quantity', min: off.buy + off.get }),
          ]
        : several('get', off.buy + off.get);
    case 'bundle': {
      const units = off.parts.reduce((sum, { quantity }) => sum + quantity, 0);
      return [
        ...off.parts.flatMap(({ quantity, ...items }, index) =>
          several(`parts/${index}`, quantity, items),
        ),
        must(`${at}/off/parts`, { type: 'basket_quantity', min: units }),
      ];
    }
    case 'percent':
    case 'amount':
    case 'fixed_price':
    case 'tiered':
      return [];
  }
}

/** The ladder of a benefit that is decided by steps, and where it stands. */
export function stepsOf(benefit: Benefit) {
  switch (benefit.kind) {
    case 'discount':
      return benefit.off.by === 'tiered' ? { path: 'off/steps', steps: benefit.off.steps } : null;
    case 'points':
    case 'cashback':
      return benefit.earn.by === 'tiered'
        ? { path: 'earn/steps', steps: benefit.earn.steps }
        : null;
    case 'growth':
    case 'coupon':
    case 'gift':
      return null;
  }
}
