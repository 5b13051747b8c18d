import type { PlannedDay, PlannedWrite } from './plan-writes.ts';
import type { Ticket } from './ticket.ts';

/** What a naive rule gives a sale, in whole units. */
export interface Given {
  readonly code: string;
  readonly amount: number;
  /** Made smaller by a cap or a budget. */
  readonly cut?: boolean;
  /** How the lines share it: what is paid of each. */
  readonly weights: readonly number[];
  /** Name of each payer with its share in percent; none for what nobody pays. */
  readonly payers: readonly (readonly [name: string, percent: number])[];
}

/** A sale with what it was given and what went back of its lines. */
export interface Sold {
  readonly ticket: Ticket;
  readonly month: string;
  readonly day: string;
  readonly given: (Given & {
    readonly shares: readonly number[];
    readonly parts: readonly number[];
    back: number;
    readonly partsBack: number[];
  })[];
  readonly goneAmounts: number[];
  readonly goneUnits: number[];
}

/** What an offer comes to, in the shape in which the command tells it. */
export interface Expected {
  grants: number;
  sales: number;
  amount: number;
  reversed: number;
  partial: number;
  readonly per_funder: Record<string, { granted: number; taken_back: number }>;
  readonly per_month: Record<string, { grants: number; amount: number }>;
}

/** An offer as a plain function of one sale after the other. */
export interface NaiveRule {
  readonly codes: readonly string[];
  sell(sale: Sold): Given[];
  /** Hears of every refund after its lines are marked; `taken` is what it took back, by code. */
  refund?(sale: Sold, day: string, taken: Readonly<Record<string, number>>): void;
}

/** n / d rounded half-up, for whole numbers of at least 0. */
export function halfUp(n: number, d: number): number {
  return Number((2n * BigInt(n) + BigInt(d)) / (2n * BigInt(d)));
}

/** By largest remainder, ties to the first. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  const parts = weights.map((weight, at) => {
    const exact = BigInt(total) * BigInt(weight);
    return { at, part: Number(exact / sum), rest: exact % sum };
  });
  let left = total - parts.reduce((all, { part }) => all + part, 0);
  const first = parts.toSorted((a, b) =>
    a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1,
  );
  for (const each of first) if (left-- > 0) each.part++;
  return parts.map(({ part }) => part);
}

/** Whether all money of a sale went back. */
export function allMoneyBack({ ticket, goneAmounts }: Sold): boolean {
  return ticket.lines.every(({ amount }, at) => goneAmounts[at] === amount);
}

/** Whether all goods of a sale went back too: then it counts as a purchase no more. */
export function whollyBack(sale: Sold): boolean {
  const { ticket, goneUnits } = sale;
  return allMoneyBack(sale) && ticket.lines.every(({ quantity }, at) => goneUnits[at] === quantity);
}

/** Walks the tickets of a file one after the other and adds up what a rule gives and what returns take back. */
export function naively(days: readonly PlannedDay[], rule: NaiveRule): Record<string, Expected> {
  const sums: Record<string, Expected> = {};
  for (const code of rule.codes) {
    const nothing = { grants: 0, sales: 0, amount: 0, reversed: 0, partial: 0 };
    sums[code] = { ...nothing, per_funder: {}, per_month: {} };
  }
  const sales = new Map<string, Sold>();
  for (const write of days.flatMap(({ writes }) => writes)) {
    if (write.kind === 'sale') sales.set(write.invoice, sold(write.ticket, rule, sums));
    if (write.kind === 'refund') goBack(sales.get(write.of.invoice)!, write, rule, sums);
  }
  return sums;
}

function sold(ticket: Ticket, rule: NaiveRule, sums: Record<string, Expected>): Sold {
  const { time, lines } = ticket;
  const none = () => lines.map(() => 0);
  const when = { month: time.slice(0, 7), day: time.slice(0, 10) };
  const sale: Sold = { ticket, ...when, given: [], goneAmounts: none(), goneUnits: none() };
  for (const given of rule.sell(sale)) {
    const { code, amount, payers } = given;
    if (amount === 0) continue;
    const parts = shareOut(
      amount,
      payers.map(([, percent]) => percent),
    );
    const shares = shareOut(amount, given.weights);
    sale.given.push({ ...given, shares, parts, back: 0, partsBack: payers.map(() => 0) });
    const sum = sums[code]!;
    sum.grants++;
    sum.sales++;
    sum.amount += amount;
    if (given.cut) sum.partial++;
    const month = (sum.per_month[sale.month] ??= { grants: 0, amount: 0 });
    month.grants++;
    month.amount += amount;
    for (const [at, [name]] of payers.entries()) funder(sum, name).granted += parts[at]!;
  }
  return sale;
}

function goBack(
  sale: Sold,
  { of, time }: Extract<PlannedWrite, { kind: 'refund' }>,
  rule: NaiveRule,
  sums: Record<string, Expected>,
): void {
  for (const { line, quantity, amount } of of.lines) {
    sale.goneAmounts[line]! += amount;
    sale.goneUnits[line]! += quantity;
  }
  const taken: Record<string, number> = {};
  for (const given of sale.given) {
    const target = given.shares.reduce((sum, share, line) => {
      const gone = sale.goneAmounts[line]!;
      return gone === 0 ? sum : sum + halfUp(share * gone, sale.ticket.lines[line]!.amount);
    }, 0);
    taken[given.code] = target - given.back;
    sums[given.code]!.reversed += target - given.back;
    given.back = target;
    // Each payer gets back its part of what is left over by the payers before it.
    let rest = target;
    let weight = given.amount;
    for (const [at, [name]] of given.payers.entries()) {
      const part = weight === 0 ? 0 : halfUp(rest * given.parts[at]!, weight);
      funder(sums[given.code]!, name).taken_back += part - given.partsBack[at]!;
      given.partsBack[at] = part;
      rest -= part;
      weight -= given.parts[at]!;
    }
  }
  rule.refund?.(sale, time.slice(0, 10), taken);
}

function funder(sum: Expected, name: string): { granted: number; taken_back: number } {
  return (sum.per_funder[name] ??= { granted: 0, taken_back: 0 });
}
