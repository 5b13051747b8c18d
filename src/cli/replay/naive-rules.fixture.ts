import { addDays } from '#kernel/day';
import {
  allMoneyBack,
  halfUp,
  type NaiveRule,
  shareOut,
  type Sold,
  whollyBack,
} from './naive-book.fixture.ts';

const merchant = [['merchant', 100]] as const;

/** What is paid of each line where nothing is taken off. */
function amountsOf({ ticket }: Sold): number[] {
  return ticket.lines.map(({ amount }) => amount);
}

/** 2 % of what is paid, half-up per ticket. */
export function flat(): NaiveRule {
  return {
    codes: ['FLAT-2'],
    sell(sale) {
      const { customer, amount: paid } = sale.ticket;
      if (customer === null || paid === 0) return [];
      const amount = halfUp(paid * 2, 100);
      return [{ code: 'FLAT-2', amount, weights: amountsOf(sale), payers: merchant }];
    },
  };
}

/** 1 % below 200.00, 3 % from 200.00, at most 20.00; issuer 50 %, brand 30 %, merchant 20 %. */
export function twoRates(): NaiveRule {
  return {
    codes: ['TWO-RATES'],
    sell(sale) {
      const { customer, amount: paid } = sale.ticket;
      if (customer === null || paid === 0) return [];
      const wanted = halfUp(paid * (paid < 20_000 ? 1 : 3), 100);
      return [
        {
          code: 'TWO-RATES',
          amount: Math.min(wanted, 2_000),
          cut: wanted > 2_000,
          weights: amountsOf(sale),
          payers: [
            ['issuer', 50],
            ['brand', 30],
            ['merchant', 20],
          ],
        },
      ];
    },
  };
}

/** 30.00 with the ticket that brings a member's month to 1,000.00. */
export function monthly(): NaiveRule {
  const bought = new Map<string, number>();
  const givenBy = new Map<string, Sold>();
  const keyOf = ({ ticket, month }: Sold) => `${ticket.customer}/${month}`;
  return {
    codes: ['MONTH-1000'],
    sell(sale) {
      const { customer, amount: paid } = sale.ticket;
      if (customer === null || paid === 0) return [];
      const key = keyOf(sale);
      const sum = (bought.get(key) ?? 0) + paid;
      bought.set(key, sum);
      if (sum < 100_000 || givenBy.has(key)) return [];
      givenBy.set(key, sale);
      return [{ code: 'MONTH-1000', amount: 3_000, weights: amountsOf(sale), payers: merchant }];
    },
    refund(sale) {
      if (sale.ticket.customer === null) return;
      const key = keyOf(sale);
      // What is left of the month's sales is counted anew; a ticket that went back whole frees the month's grant.
      bought.set(key, (bought.get(key) ?? 0) - newlyGone(sale));
      if (givenBy.get(key) === sale && allMoneyBack(sale)) givenBy.delete(key);
    },
  };
}

const goneBefore = new WeakMap<Sold, number>();

/** fen that this refund gives back of a sale. */
function newlyGone(sale: Sold): number {
  const gone = sale.goneAmounts.reduce((sum, amount) => sum + amount, 0);
  const more = gone - (goneBefore.get(sale) ?? 0);
  goneBefore.set(sale, gone);
  return more;
}

/** 5.00, and never more than is paid, on every third ticket of a member in a month that did not go back whole. */
export function everyThird(): NaiveRule {
  const tickets = new Map<string, Sold[]>();
  return {
    codes: ['EVERY-THIRD'],
    sell(sale) {
      const { customer, amount: paid } = sale.ticket;
      if (customer === null) return [];
      const key = `${customer}/${sale.month}`;
      const before = tickets.get(key) ?? [];
      tickets.set(key, [...before, sale]);
      const count = before.filter((each) => !whollyBack(each)).length + 1;
      if (count % 3 !== 0 || paid === 0) return [];
      const grant = { amount: Math.min(500, paid), cut: paid < 500 };
      return [{ code: 'EVERY-THIRD', ...grant, weights: amountsOf(sale), payers: merchant }];
    },
  };
}

export interface NaiveCoupon {
  readonly customer: string;
  readonly from: string;
  readonly to: string;
  readonly source: Sold;
  usedBy: Sold | null;
  /** What had granted it went back. */
  revoked: boolean;
}

/** From 200.00 paid a coupon: 10.00 off from 30.00, on one of the 14 days from the next day on. */
export function nextVisit(): NaiveRule & { readonly coupons: readonly NaiveCoupon[] } {
  const coupons: NaiveCoupon[] = [];
  return {
    codes: ['GET-COUPON', 'USE-COUPON'],
    coupons,
    sell(sale) {
      const { customer, amount: gross } = sale.ticket;
      if (customer === null || gross === 0) return [];
      const usable = coupons
        .filter((each) => each.customer === customer && each.usedBy === null && !each.revoked)
        .filter(({ from, to }) => from <= sale.day && sale.day <= to)
        .toSorted((a, b) => (a.to === b.to ? 0 : a.to < b.to ? -1 : 1));
      const coupon = gross < 3_000 ? undefined : usable[0];
      if (coupon) coupon.usedBy = sale;
      const amounts = amountsOf(sale);
      const off = coupon ? shareOut(1_000, amounts) : amounts.map(() => 0);
      const nets = amounts.map((amount, line) => amount - off[line]!);
      const given = coupon
        ? [{ code: 'USE-COUPON', amount: 1_000, weights: amounts, payers: merchant }]
        : [];
      if (nets.reduce((sum, net) => sum + net, 0) < 20_000) return given;
      const days = { from: addDays(sale.day, 1), to: addDays(sale.day, 14) };
      coupons.push({ customer, ...days, source: sale, usedBy: null, revoked: false });
      return [...given, { code: 'GET-COUPON', amount: 1, weights: nets, payers: [] }];
    },
    refund(sale, _day, taken) {
      if (taken['GET-COUPON'] === 1)
        for (const coupon of coupons) if (coupon.source === sale) coupon.revoked = true;
      if (!whollyBack(sale)) return;
      for (const coupon of coupons) if (coupon.usedBy === sale) coupon.usedBy = null;
    },
  };
}

export interface NaiveTicket {
  readonly invoice: string;
  readonly time: string;
  readonly amount: number;
}

/** 5 % from a budget of 2,000.00 until it is used up; what goes back is there again. */
export function budgetCloses(): NaiveRule & {
  readonly course: { left: number; last: NaiveTicket | null; short: NaiveTicket | null };
} {
  const course = {
    left: 200_000,
    last: null as NaiveTicket | null,
    short: null as NaiveTicket | null,
  };
  return {
    codes: ['BRAND-5'],
    course,
    sell(sale) {
      const { customer, amount: paid, invoice, time } = sale.ticket;
      const wanted = customer === null ? 0 : halfUp(paid * 5, 100);
      if (wanted === 0) return [];
      const amount = Math.min(wanted, course.left);
      course.left -= amount;
      const ticket = { invoice, time, amount };
      if (course.short === null && amount > 0) course.last = ticket;
      if (course.short === null && amount < wanted) course.short = ticket;
      const cut = amount < wanted;
      return [{ code: 'BRAND-5', amount, cut, weights: amountsOf(sale), payers: [['brand', 100]] }];
    },
    refund(_sale, _day, taken) {
      course.left += taken['BRAND-5'] ?? 0;
    },
  };
}
