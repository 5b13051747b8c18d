import type { Day } from '#kernel/day';
import type { CalendarWindow } from '#kernel/calendar-window';
import type { CardFacts, Facts, LineFacts, SaleFacts } from './facts.ts';

/** A choice of lines: a line belongs if any of the sets names it. */
export interface Items {
  readonly skus: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  readonly brands: ReadonlySet<string>;
}

/** Minutes since midnight, from <= minute < to. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

/** Both ends inclusive; absent bounds are infinite. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

type CardKind = NonNullable<CardFacts['kind']>;
type Scheme = NonNullable<CardFacts['scheme']>;

/** Of the tenders: every one, or at least one, is as the leaf says; never without tenders. */
type TenderTest = {
  readonly every: boolean;
} & (
  | { readonly type: 'tender'; readonly methods: ReadonlySet<string> }
  | { readonly type: 'issuer'; readonly issuers: ReadonlySet<string> }
  | { readonly type: 'bin'; readonly ranges: readonly BinRange[] }
  | { readonly type: 'card_kind'; readonly kinds: ReadonlySet<CardKind> }
  | { readonly type: 'scheme'; readonly schemes: ReadonlySet<Scheme> }
  | { readonly type: 'wallet'; readonly wallets: ReadonlySet<string> }
);

/** Leading digits, both ends included and of the same length; a prefix is a range of one. */
export interface BinRange {
  readonly from: string;
  readonly to: string;
}

/** Of the member (or card); never true for an anonymous buyer (without a card). */
type BuyerTest =
  | { readonly type: 'member' }
  | { readonly type: 'programme'; readonly programmes: ReadonlySet<string> }
  | { readonly type: 'tier'; readonly tiers: ReadonlySet<string> }
  | { readonly type: 'label'; readonly labels: ReadonlySet<string> }
  | ({ readonly type: 'member_for' } & Bounds)
  | { readonly type: 'birthday'; readonly month: true }
  | {
      readonly type: 'birthday';
      readonly month: false;
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly type: 'nth_purchase';
      readonly numbers: ReadonlySet<number>;
      /** 0: no multiple asked for. */
      readonly every: number;
    }
  | ({ readonly type: 'days_since_last' } & Bounds)
  | HistoryTest;

export interface HistoryTest extends Bounds {
  readonly type: 'history';
  readonly whose: 'member' | 'card';
  readonly measure: 'amount' | 'count' | 'visits';
  readonly window: CalendarWindow;
  readonly items: Items | null;
  /** 0: no multiple asked for. */
  readonly every: number;
}

type TimeTest =
  | { readonly type: 'day'; readonly from: Day; readonly to: Day }
  | {
      readonly type: 'blackout';
      readonly ranges: readonly { readonly from: Day; readonly to: Day }[];
    }
  | { readonly type: 'weekday'; readonly weekdays: ReadonlySet<number> }
  | { readonly type: 'hours'; readonly ranges: readonly MinuteRange[] }
  | { readonly type: 'day_kind'; readonly kinds: ReadonlySet<SaleFacts['dayKind']> }
  | { readonly type: 'days_of_month'; readonly days: ReadonlySet<number> };

type PlaceTest =
  | { readonly type: 'store'; readonly stores: ReadonlySet<string> }
  | { readonly type: 'terminal'; readonly terminals: ReadonlySet<string> }
  | { readonly type: 'channel'; readonly channels: ReadonlySet<string> }
  | { readonly type: 'terminal_kind'; readonly kinds: ReadonlySet<string> }
  | { readonly type: 'mcc'; readonly codes: ReadonlySet<string> };

type BasketTest =
  | ({ readonly type: 'basket_amount' } & Bounds)
  /** As basket_amount, but of what is still to pay. */
  | ({ readonly type: 'basket_net' } & Bounds)
  | ({ readonly type: 'basket_quantity' } & Bounds)
  | {
      readonly type: 'contains';
      readonly items: Items;
      readonly quantity: number;
      readonly amount: number;
    }
  | ({
      readonly type: 'unit_price';
      readonly which: 'cheapest' | 'dearest';
      readonly items: Items | null;
    } & Bounds)
  | { readonly type: 'target'; readonly items: Items };

/** A condition ready to be tested: lists are sets, times are minutes, absent bounds are infinite. */
export type LeafTest =
  | TimeTest
  | PlaceTest
  | BasketTest
  | TenderTest
  | BuyerTest
  /** The member does not belong to the control group; an anonymous buyer never does. */
  | { readonly type: 'hold_out'; readonly share: number; readonly salt: string }
  | { readonly type: 'code'; readonly codes: ReadonlySet<string> }
  | { readonly type: 'coupon'; readonly templates: ReadonlySet<string> };

export type LeafOf<Type extends LeafTest['type']> = Extract<LeafTest, { type: Type }>;

export interface GroupTest {
  readonly type: 'all' | 'any' | 'none';
  readonly of: readonly Test[];
}

export type Test = LeafTest | GroupTest;

/** The facts with the sums that several conditions ask for. */
export interface View {
  readonly facts: SaleFacts;
  readonly history: Facts['history'];
  /** fen before discounts. */
  readonly gross: number;
  readonly quantity: number;
  /** fen per line still to pay when the offer's turn comes; null before any is decided: the gross. */
  readonly nets: readonly number[] | null;
}

export const LAST_DAY: Day = '9999-12-31';

/**
 * @param facts without history nobody has bought before
 * @throws RangeError on a line whose amount or quantity is not a whole number of at least 0.
 */
export function viewOf(facts: SaleFacts & Partial<Pick<Facts, 'history'>>): View {
  let gross = 0;
  let quantity = 0;
  for (const line of facts.lines) {
    if (!(Number.isSafeInteger(line.amount) && line.amount >= 0 && line.quantity >= 0)) {
      throw new RangeError(`not a sale line: ${line.sku} ${line.quantity} ${line.amount}`);
    }
    gross += line.amount;
    quantity += line.quantity;
  }
  return { facts, history: facts.history ?? NO_HISTORY, gross, quantity, nets: null };
}

const NO_HISTORY: Facts['history'] = {};

/** Whether a test can only be decided when the offer's turn comes, on what is still to pay. */
export function isLate(test: Test): boolean {
  if ('of' in test) return test.of.some(isLate);
  return test.type === 'basket_net' || (test.type === 'history' && test.measure === 'amount');
}

export function chosen(items: Items, line: LineFacts): boolean {
  return (
    items.skus.has(line.sku) ||
    (line.category !== null && items.categories.has(line.category)) ||
    (line.brand !== null && items.brands.has(line.brand))
  );
}

/** Quantity and gross fen of the lines that `items` chooses. */
export function sumOf(
  items: Items,
  lines: readonly LineFacts[],
): { quantity: number; amount: number } {
  let quantity = 0;
  let amount = 0;
  for (const line of lines) {
    if (!chosen(items, line)) continue;
    quantity += line.quantity;
    amount += line.amount;
  }
  return { quantity, amount };
}

/** fen still to pay of the lines that `items` chooses; null: of all. */
export function netOf({ nets, facts, gross }: View, items: Items | null): number {
  if (items === null && nets === null) return gross;
  let net = 0;
  for (const [index, line] of facts.lines.entries()) {
    if (items === null || chosen(items, line)) net += nets === null ? line.amount : nets[index]!;
  }
  return net;
}

/** The card that limits, history and delayed rewards are kept under: the first one presented. */
export function cardOf({ tenders }: Pick<SaleFacts, 'tenders'>): CardFacts | null {
  for (const { card } of tenders) if (card !== undefined) return card;
  return null;
}
