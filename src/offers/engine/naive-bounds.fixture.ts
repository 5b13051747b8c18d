import type { Definition, Funding, Limit } from '../rule/definition.ts';
import type { Wanted } from './naive-benefit.fixture.ts';
import { sharedOut, total } from './naive-numbers.fixture.ts';
import { givenBy } from './naive-payers.fixture.ts';
import { type NaiveGrant, PAID, since, subjectOf, type Till } from './naive-till.fixture.ts';
import { firstDay } from './naive-times.fixture.ts';

export interface Bound {
  readonly amount: number;
  /** The cut that decided: a payer's cap and a payer's budget are both "payer". */
  readonly cut: string | null;
  readonly weights: readonly number[];
  readonly payers: Funding;
  readonly parts: readonly number[];
  readonly listOf: number | null;
}

/**
 * Cap, what is to pay, limits in their order, coupons that are left, payers. null if nothing is left,
 * or not all and the offer wants no part.
 */
export function boundOf(
  offer: string,
  { benefits, limits, funding }: Definition,
  index: number,
  { wanted, most, weights: from }: Wanted,
  till: Till,
): Bound | null {
  const benefit = benefits[index]!;
  let [amount, cut, weights]: [number, string | null, readonly number[]] = [wanted, null, from];
  const fits = (room: number) => room >= amount || (room > 0 && limits.partial_grants);
  const cap = ('cap' in benefit ? benefit.cap : undefined) ?? Infinity;
  if (cap < amount) [amount, cut] = [cap, 'cap'];
  if (most < amount) [amount, cut] = [most, 'base'];
  const paid = PAID.has(benefit.kind);
  const own = till.grants.filter((each) => each.offer === offer && PAID.has(each.kind));
  for (const limit of limits.each) {
    let room = limit.per === 'line' ? Infinity : roomIn(offer, limit, paid, own, till);
    if (limit.per === 'line' && paid) {
      const most = (line: number) =>
        (limit.amount ?? Infinity) - total(own.map(({ lines }) => lines[line]!));
      const parts = sharedOut(amount, weights).map((part, line) =>
        Math.max(0, Math.min(part, most(line))),
      );
      room = total(parts);
      if (room < amount) weights = parts;
    }
    if (!fits(room)) return null;
    if (room < amount) [amount, cut] = [room, `limit_${limit.per}`];
  }
  if (benefit.kind === 'coupon') {
    const same = till.grants.filter(({ template }) => template === benefit.template);
    const left =
      (till.sale.couponsLeft?.[benefit.template] ?? Infinity) -
      total(same.map((each) => each.amount));
    if (!fits(left)) return null;
    if (left < amount) [amount, cut] = [left, 'coupons_left'];
  }
  if (!paid) return { amount, cut, weights, payers: [], parts: [], listOf: null };
  const list = 'funding' in benefit ? benefit.funding : undefined;
  const listOf = list === undefined ? null : index;
  const payers = list ?? funding;
  const given = givenBy(
    payers,
    amount,
    payers.map((_, at) => payerRoom(offer, payers, at, listOf, till)),
  );
  if (!fits(given.amount)) return null;
  if (given.amount < amount) cut = 'payer';
  return { amount: given.amount, cut, weights, payers, parts: given.parts, listOf };
}

/** What a limit leaves, counted over the sales before and this one; nothing where its subject is not known. */
function roomIn(
  offer: string,
  { per, window = { type: 'total' }, count = Infinity, amount = Infinity }: Limit,
  paid: boolean,
  own: readonly NaiveGrant[],
  { sale, past }: Till,
): number {
  const here = total(own.map((each) => each.amount));
  if (per === 'sale') return paid ? amount - here : Infinity;
  const subject = subjectOf(per, sale);
  if (subject === null) return 0;
  const before = since(past, firstDay(sale.day, window))
    .filter((each) => subjectOf(per, each.sale) === subject)
    .map(({ grants }) => grants.filter((each) => each.offer === offer));
  if (before.filter(({ length }) => length > 0).length >= count) return 0;
  const amounts = before.flat().filter(({ kind }) => PAID.has(kind));
  return paid ? amount - here - total(amounts.map((each) => each.amount)) : Infinity;
}

/** What a payer can still give: within its caps, over the same list of the offer, and from its budget. */
function payerRoom(
  offer: string,
  payers: Funding,
  at: number,
  listOf: number | null,
  { sale, past, grants }: Till,
): number {
  const { cap = {}, budget } = payers[at]!;
  const paidIn = (all: readonly NaiveGrant[]) =>
    total(
      all
        .filter((each) => each.offer === offer && each.listOf === listOf)
        .map(({ parts }) => parts[at] ?? 0),
    );
  const here = paidIn(grants);
  const before = (from: string | null) => paidIn(since(past, from).flatMap((each) => each.grants));
  const left = budget === undefined ? Infinity : (sale.budgets[budget] ?? 0);
  const taken = grants.flatMap((each) =>
    each.parts.filter((_, payer) => each.payers[payer]!.budget === budget),
  );
  return Math.max(
    0,
    Math.min(
      (cap.per_sale ?? Infinity) - here,
      (cap.per_day ?? Infinity) - here - before(sale.day),
      (cap.per_month ?? Infinity) - here - before(`${sale.day.slice(0, 7)}-01`),
      (cap.total ?? Infinity) - here - before(null),
      budget === undefined ? Infinity : left - total(taken),
    ),
  );
}
