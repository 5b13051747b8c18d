import type { Benefit, Funding, Limit } from '../rule/definition.ts';
import type { Arrival } from './decision.ts';
import type { Facts, History, HistoryAsked } from './facts.ts';
import { inTarget } from './match-naively.fixture.ts';
import type { Basket } from './naive-benefit.fixture.ts';
import { total } from './naive-numbers.fixture.ts';

/** A benefit granted, in words of the rule. */
export interface NaiveGrant {
  readonly offer: string;
  readonly benefit: number;
  readonly kind: Benefit['kind'];
  /** Cashback to the merchant's rebate account. */
  readonly toMerchant: boolean;
  /** Template of a coupon. */
  readonly template: string | null;
  readonly amount: number;
  readonly wanted: number;
  readonly cut: string | null;
  readonly lines: readonly number[];
  /** Who pays, and what each of them pays; nobody for what costs nobody anything. */
  readonly payers: Funding;
  readonly parts: readonly number[];
  /** The benefit whose own list of payers it is; null for the offer's. */
  readonly listOf: number | null;
  readonly coupon: string | null;
  readonly arrival: Arrival;
  readonly expiry: string | null;
}

/** A sale that counts towards what a benefit waits for. */
export interface Counted {
  readonly offer: string;
  readonly benefit: number;
  readonly subject: string;
  readonly net: number;
}

/** A sale and what the model gave it. */
export interface NaiveSale {
  readonly sale: Facts;
  readonly nets: readonly number[];
  readonly grants: readonly NaiveGrant[];
  readonly counted: readonly Counted[];
}

/** What a sale has come to, with the sales before it. */
export interface Till extends Basket {
  readonly past: readonly NaiveSale[];
  readonly grants: NaiveGrant[];
  readonly counted: Counted[];
  readonly refused: Set<string>;
  readonly turned: Set<string>;
}

/** What is counted in fen or points; the rest is counted in nothing. */
export const PAID: ReadonlySet<string> = new Set(['discount', 'points', 'cashback']);

/** Who a limit, or a wait, is counted for. */
export function subjectOf(per: Limit['per'], sale: Facts): string | null {
  if (per === 'member') return sale.member?.id ?? null;
  if (per === 'card') return sale.tenders.find(({ card }) => card)?.card?.token ?? null;
  if (per === 'device' || per === 'terminal' || per === 'store') return sale[per];
  return 'all';
}

/** The sales on or after a day. */
export function since(past: readonly NaiveSale[], from: string | null): NaiveSale[] {
  return past.filter(({ sale }) => from === null || from <= sale.day);
}

/** What a member or card bought in the model's past. */
export function historyIn(past: readonly NaiveSale[]) {
  return ({ whose, subject, from, target }: Omit<HistoryAsked, 'key'>): History => {
    const inside = (line: Facts['lines'][number]) => target === null || inTarget(line, target);
    const own = since(past, from).filter(
      ({ sale }) =>
        subjectOf(whose, sale) === subject && (target === null || sale.lines.some(inside)),
    );
    const days = own.map(({ sale }) => sale.day);
    return {
      amount: total(
        own.flatMap(({ sale, nets }) => nets.filter((_, at) => inside(sale.lines[at]!))),
      ),
      count: own.length,
      visits: new Set(days).size,
      last: days.at(-1) ?? null,
    };
  };
}
