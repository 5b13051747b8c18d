import type { Day } from '#kernel/day';
import { ratio } from '#kernel/share';

export type PaymentState = 'open' | 'paid' | 'part_refunded' | 'refunded' | 'voided' | 'cancelled';

/** Tenders a sale may be paid with. A card or wallet was charged on another device and is recorded here. */
export type TenderKind = 'cash' | 'card' | 'wallet';

export type Wallet = 'wechat' | 'alipay' | 'unionpay' | 'digital_yuan';

/** A card as it may be kept: never its number. */
export interface Card {
  /** The first 6 to 10 digits. */
  readonly bin: string;
  /** Null where together with `bin` it would tell nearly all of the number. */
  readonly last4: string | null;
  /** Stands for the card in its org; the acquirer's, or made of the digits known. */
  readonly token: string;
}

/** A tender as asked: `amount` may be left out by the only tender, `tendered` is the cash handed over. */
export interface Tender {
  readonly kind: TenderKind;
  readonly amount?: number | undefined;
  readonly tendered?: number | undefined;
  /** By which the device or channel knows the charge; not with cash. */
  readonly reference?: string | undefined;
  readonly card?: CardAtTill | undefined;
  readonly wallet?: Wallet | undefined;
}

/** A card with all that is known of it before the sale is stored. */
export interface CardAtTill extends Card {
  /** How many digits its number has, where it was told. */
  readonly length: number | undefined;
}

/** What a charge was made with. */
export interface Paid {
  readonly tender: TenderKind;
  readonly reference: string | null;
  readonly card: Card | null;
  readonly wallet: Wallet | null;
}

/** One tender's part of a payment, decided. fen. */
export interface Charge extends Paid {
  readonly amount: number;
  readonly tendered: number | null;
}

/** A line as sold: `amount` = quantity x unit price, `net` what was paid of it. fen. */
export interface SoldLine {
  readonly sku: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly category: string | null;
  readonly brand: string | null;
  readonly quantity: number;
  /** As written on the ticket: fen as digits, or the text of an imported price. */
  readonly unit_price: string;
  readonly amount: number;
  readonly discount: number;
  readonly net: number;
}

/** What went back of each line so far. */
export interface RefundState {
  /** Gross fen per line. */
  readonly amounts: readonly number[];
  readonly quantities: readonly number[];
}

/** One line of a refund as asked: units of a line of the payment; `amount` is gross fen, for imports only. */
export interface RefundLine {
  readonly line: number;
  readonly quantity: number;
  readonly amount?: number | undefined;
}

/** What a refund makes of a payment. */
export interface RefundStep {
  readonly before: RefundState;
  readonly after: RefundState;
  /** Net fen that go back to the customer. */
  readonly amount: number;
  /** Gross fen, before the share of discounts. */
  readonly gross: number;
  readonly state: 'part_refunded' | 'refunded';
}

export type RefundFault =
  | { readonly kind: 'line_unknown'; readonly at: number; readonly lines: number }
  | { readonly kind: 'over_quantity'; readonly at: number; readonly open: number }
  | { readonly kind: 'over_amount'; readonly at: number; readonly open: number };

export function nothingRefunded(lines: number): RefundState {
  return { amounts: Array<number>(lines).fill(0), quantities: Array<number>(lines).fill(0) };
}

/**
 * Moves a payment's refund state by the lines asked (all that is open if none are named) and says what
 * goes back: per line the difference between the targets after and before, so that any sequence of
 * partial refunds ends where one full refund ends.
 */
export function refundStep(
  lines: readonly SoldLine[],
  before: RefundState,
  asked: readonly RefundLine[] | 'all',
): RefundStep | RefundFault {
  const amounts = [...before.amounts];
  const quantities = [...before.quantities];
  if (asked === 'all') {
    lines.forEach((line, index) => {
      amounts[index] = line.amount;
      quantities[index] = line.quantity;
    });
  } else {
    for (const [at, { line: index, quantity, amount }] of asked.entries()) {
      const line = lines[index];
      if (!line) return { kind: 'line_unknown', at, lines: lines.length };
      const went = (quantities[index] ?? 0) + quantity;
      if (went > line.quantity)
        return { kind: 'over_quantity', at, open: line.quantity - (quantities[index] ?? 0) };
      const gone =
        amount === undefined
          ? unitsWorth(line, went, amounts[index] ?? 0)
          : (amounts[index] ?? 0) + amount;
      if (gone > line.amount)
        return { kind: 'over_amount', at, open: line.amount - (amounts[index] ?? 0) };
      quantities[index] = went;
      amounts[index] = gone;
    }
  }
  const after = { amounts, quantities };
  const whole = lines.every(
    (line, index) => amounts[index] === line.amount && quantities[index] === line.quantity,
  );
  return {
    before,
    after,
    amount: netGone(lines, after) - netGone(lines, before),
    gross: total(amounts) - total(before.amounts),
    state: whole ? 'refunded' : 'part_refunded',
  };
}

/** Net fen that belong to what went back, per line half-up and exact at nothing and at all. */
export function netGone(
  lines: readonly SoldLine[],
  { amounts }: Pick<RefundState, 'amounts'>,
): number {
  return lines.reduce((sum, line, index) => sum + netBack(line, amounts[index] ?? 0), 0);
}

/** Net fen that belong to `gone` gross fen of a line. */
export function netBack({ net, amount }: SoldLine, gone: number): number {
  return gone === 0 ? 0 : ratio(net, gone, amount);
}

/** Gross fen of the first `went` units; never less than what went back before at other prices. */
function unitsWorth(line: SoldLine, went: number, before: number): number {
  return Math.max(before, ratio(line.amount, went, line.quantity));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

export type TenderFault =
  | { readonly kind: 'tender_mismatch'; readonly due: number; readonly given: number }
  | {
      readonly kind: 'tendered_short';
      readonly at: number;
      readonly amount: number;
      readonly tendered: number;
    };

/** Divides what is due over the tenders asked; the only tender may leave its amount to the till. */
export function chargesOf(
  due: number,
  tenders: readonly Tender[],
): readonly Charge[] | TenderFault {
  const charges: Charge[] = [];
  let given = 0;
  for (const [at, { kind, amount, tendered, reference, card, wallet }] of tenders.entries()) {
    const part = amount ?? (tenders.length === 1 ? due : 0);
    if (tendered !== undefined && tendered < part)
      return { kind: 'tendered_short', at, amount: part, tendered };
    charges.push({
      tender: kind,
      amount: part,
      tendered: tendered ?? null,
      reference: reference ?? null,
      card: card ? { bin: card.bin, last4: card.last4, token: card.token } : null,
      wallet: wallet ?? null,
    });
    given += part;
  }
  return given === due ? charges : { kind: 'tender_mismatch', due, given };
}

/**
 * Divides what went back of a payment over its charges, the first charge first: a target made from the sum,
 * so that any sequence of refunds ends where one full refund ends.
 * @param amounts of the charges in their order, fen
 * @param refunded all that went back so far, fen, at most the sum of `amounts`
 */
export function refundedOf(amounts: readonly number[], refunded: number): number[] {
  let left = refunded;
  return amounts.map((amount) => {
    const part = Math.min(amount, left);
    left -= part;
    return part;
  });
}

/** What a refund gives back of each charge: the difference between the targets after and before it. */
export function backPerCharge(
  amounts: readonly number[],
  refundedBefore: number,
  amount: number,
): number[] {
  const before = refundedOf(amounts, refundedBefore);
  return refundedOf(amounts, refundedBefore + amount).map((part, no) => part - (before[no] ?? 0));
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The receipt's number: the first 74 random and time bits of the payment's UUIDv7 in Crockford's base 32,
 * three groups of five. The payment is found by it through its primary key.
 */
export function receiptNo(paymentId: string): string {
  // Without the version (digit 12) and the two bits of the variant (in digit 16); a zero bit in front.
  const hex = paymentId.slice(0, 8) + paymentId.slice(9, 13) + paymentId.slice(15, 18);
  let text = '';
  let bits = 0;
  let count = 1;
  const take = (value: number, width: number) => {
    bits = (bits << width) | value;
    count += width;
    if (count < 5) return;
    count -= 5;
    text += CROCKFORD[(bits >> count) & 31];
  };
  for (const digit of hex) take(Number.parseInt(digit, 16), 4);
  take(Number.parseInt(paymentId.charAt(19), 16) & 3, 2);
  for (let at = 20; at < 23; at++) take(Number.parseInt(paymentId.charAt(at), 16), 4);
  return `${text.slice(0, 5)}-${text.slice(5, 10)}-${text.slice(10)}`;
}

/** The range of payment ids with a receipt number; undefined if it is none. */
export function idsOfReceipt(
  text: string,
): { readonly from: string; readonly to: string } | undefined {
  const digits = Array.from(text.toUpperCase().replaceAll(/[-\s]/g, ''), (digit) =>
    CROCKFORD.indexOf(digit),
  );
  if (digits.length !== 15 || digits.includes(-1)) return undefined;
  const bits = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n);
  if (bits >> 74n) return undefined;
  const hex = (value: bigint, length: number) => value.toString(16).padStart(length, '0');
  const time = hex(bits >> 26n, 12);
  const random = hex((bits >> 14n) & 0xfffn, 3);
  const variant = hex((bits & 0x3fffn) | 0x8000n, 4);
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7${random}-${variant}`;
  return { from: `${head}-000000000000`, to: `${head}-ffffffffffff` };
}

/** Whether a payment may still be voided: untouched, and on its own business day. */
export function mayVoid(state: PaymentState, soldOn: Day, today: Day): boolean {
  return state === 'paid' && soldOn === today;
}
