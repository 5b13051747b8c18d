import type { Benefit, Definition } from '../rule/definition.ts';

/** A figure of a definition and where it stands. */
export interface Stated {
  readonly pointer: string;
  readonly value: number;
}

type Money = Extract<Benefit, { kind: 'discount' | 'cashback' }>;

/** Every rate of a benefit of money, in ppm. */
export function ratesOf(benefit: Money, at: string): Stated[] {
  if (benefit.kind === 'cashback') {
    const { earn } = benefit;
    if (earn.by === 'rate') return [{ pointer: `${at}/earn/rate`, value: earn.rate }];
    return earn.by === 'tiered' ? stepFigures(earn.steps, `${at}/earn/steps`, 'rate') : [];
  }
  const { off } = benefit;
  if (off.by === 'percent' || off.by === 'nth_item' || off.by === 'buy_get')
    return [{ pointer: `${at}/off/rate`, value: off.rate }];
  return off.by === 'tiered' ? stepFigures(off.steps, `${at}/off/steps`, 'rate') : [];
}

/** Every amount that a benefit of money states as such, in fen; an amount that repeats, at its most. */
function amountsOf(benefit: Money, at: string): Stated[] {
  if (benefit.kind === 'cashback') {
    const { earn } = benefit;
    if (earn.by === 'fixed') return [{ pointer: `${at}/earn/amount`, value: earn.amount }];
    return earn.by === 'tiered' ? stepFigures(earn.steps, `${at}/earn/steps`, 'amount') : [];
  }
  const { off } = benefit;
  if (off.by === 'amount')
    return [{ pointer: `${at}/off/amount`, value: off.amount * (off.times ?? 1) }];
  return off.by === 'tiered' ? stepFigures(off.steps, `${at}/off/steps`, 'amount') : [];
}

function stepFigures(
  steps: readonly { readonly rate?: number | undefined; readonly amount?: number | undefined }[],
  at: string,
  field: 'rate' | 'amount',
): Stated[] {
  return steps.flatMap((step, index) => {
    const value = step[field];
    return value === undefined ? [] : [{ pointer: `${at}/${index}/${field}`, value }];
  });
}

/** The ceiling that a benefit's cap or a limit of amount puts on one grant; null for none. */
export function ceilingOf(
  benefit: { readonly cap?: number | undefined },
  at: string,
  { limits }: Definition,
): Stated | null {
  const ceilings = [
    ...(benefit.cap === undefined ? [] : [{ pointer: `${at}/cap`, value: benefit.cap }]),
    ...limits.each.flatMap(({ amount }, index) =>
      amount === undefined ? [] : [{ pointer: `/limits/each/${index}/amount`, value: amount }],
    ),
  ];
  return ceilings.toSorted((a, b) => a.value - b.value)[0] ?? null;
}

/** The ceiling that is said of one grant: by a cap, or per sale or line. */
function saidCeiling(money: Money, at: string, definition: Definition): Stated | null {
  const each = definition.limits.each.map((limit) =>
    limit.per === 'sale' || limit.per === 'line' ? limit : { ...limit, amount: undefined },
  );
  return ceilingOf(money, at, { ...definition, limits: { ...definition.limits, each } });
}

/** What an offer states for one grant of a benefit of money: its amounts under any ceiling, else the one said. */
export function statedOf(benefit: Money, at: string, definition: Definition): Stated[] {
  const ceiling = ceilingOf(benefit, at, definition);
  const amounts = amountsOf(benefit, at).map(({ pointer, value }) => ({
    pointer,
    value: Math.min(value, ceiling?.value ?? Infinity),
  }));
  const said = saidCeiling(benefit, at, definition);
  const open = ratesOf(benefit, at).length > 0 || amounts.length === 0;
  return said && open
    ? [...amounts, { ...said, value: Math.min(said.value, ceiling?.value ?? Infinity) }]
    : amounts;
}
