import type { Day } from '#kernel/day';
import { isId } from '#kernel/ids';
import { Refused } from '#kernel/refusal';
import {
  type Facts,
  type OwnedDecision,
  readDecisions,
  type SaleFacts,
  type SetRecipe,
} from '#offers';
import type { Database, Tx } from '#platform/db/transact';
import { type ChargeRow, CHARGE_COLUMNS, chargeOfRow } from './charge-rows.ts';
import { type Charge, idsOfReceipt, type PaymentState, type SoldLine } from './payment.ts';
import { paymentUnknown } from './refusals.ts';

/** The facts a sale was decided on, as stored; its lines stand in the payment's lines. */
export type StoredFacts = Omit<SaleFacts, 'lines'> & {
  readonly usage: Record<string, { readonly count: number; readonly amount: number }>;
  readonly budgets: Record<string, number>;
  readonly history: Facts['history'];
};

export interface StoredCharge extends Charge {
  readonly refunded: number;
}

/** A payment as stored. fen. */
export interface StoredPayment {
  readonly paymentId: string;
  readonly storeId: string;
  readonly state: PaymentState;
  readonly channel: SaleFacts['channel'];
  readonly occurredAt: Date;
  readonly businessDay: Day;
  readonly member: { readonly org: number; readonly id: string; readonly programme: string } | null;
  readonly gross: number;
  readonly discount: number;
  readonly due: number;
  readonly refunded: number;
  readonly refundedAmounts: readonly number[] | null;
  readonly refundedQuantities: readonly number[] | null;
  readonly lines: readonly SoldLine[];
  readonly facts: StoredFacts;
  readonly offerSet: SetRecipe;
  readonly journalId: string | null;
  readonly actor: string;
  readonly charges: readonly StoredCharge[];
  readonly decisions: readonly OwnedDecision[];
}

/** @param reference a payment id or a receipt number. @throws Refused payment_unknown */
export function readPayment(db: Database, org: number, reference: string): Promise<StoredPayment> {
  return db.read([org], (tx) => readPaymentIn(tx, org, reference));
}

/** `readPayment` inside a transaction. */
export async function readPaymentIn(
  tx: Tx,
  org: number,
  reference: string,
): Promise<StoredPayment> {
  const range = rangeOf(reference);
  const rows = await tx.query<PaymentRow>(
    `select payment_id, store_id, state, channel, occurred_at, business_day, member_org, member_id, gross, discount, due, refunded,
            refunded_amounts, refunded_quantities, lines, facts, offer_set, journal_id, actor
       from payments.payment where org_id = $1 and payment_id between $2 and $3 limit 2`,
    [org, range.from, range.to],
  );
  const [row] = rows;
  if (!row || rows.length > 1) throw new Refused(paymentUnknown());
  const charges = await tx.query<ChargeRow & { refunded: number }>(
    `select ${CHARGE_COLUMNS}, refunded from payments.charge where org_id = $1 and payment_id = $2 order by charge_no`,
    [org, row.payment_id],
  );
  return {
    ...paymentOfRow(row),
    charges: charges.map((charge) => ({ ...chargeOfRow(charge), refunded: charge.refunded })),
    decisions: await readDecisions(tx, org, row.payment_id),
  };
}

/** The id of a payment that stands. @throws Refused payment_unknown */
export function resolvePayment(db: Database, org: number, reference: string): Promise<string> {
  const { from, to } = rangeOf(reference);
  return db.read([org], async (tx) => {
    const rows = await tx.query<{ payment_id: string }>(
      'select payment_id from payments.payment where org_id = $1 and payment_id between $2 and $3 limit 2',
      [org, from, to],
    );
    const [row] = rows;
    if (!row || rows.length > 1) throw new Refused(paymentUnknown());
    return row.payment_id;
  });
}

/** @throws Refused payment_unknown for what is neither an id nor a receipt number */
function rangeOf(reference: string): { readonly from: string; readonly to: string } {
  const id = reference.toLowerCase();
  const range = isId(id) ? { from: id, to: id } : idsOfReceipt(reference);
  if (!range) throw new Refused(paymentUnknown());
  return range;
}

interface PaymentRow {
  payment_id: string;
  store_id: string;
  state: PaymentState;
  channel: SaleFacts['channel'];
  occurred_at: Date;
  business_day: string;
  member_org: number | null;
  member_id: string | null;
  gross: number;
  discount: number;
  due: number;
  refunded: number;
  refunded_amounts: (number | string)[] | null;
  refunded_quantities: (number | string)[] | null;
  lines: SoldLine[];
  facts: StoredFacts;
  offer_set: SetRecipe;
  journal_id: string | null;
  actor: string;
}

function paymentOfRow(row: PaymentRow): Omit<StoredPayment, 'charges' | 'decisions'> {
  const programme = row.facts.member?.programme;
  return {
    paymentId: row.payment_id,
    storeId: row.store_id,
    state: row.state,
    channel: row.channel,
    occurredAt: row.occurred_at,
    businessDay: row.business_day,
    member:
      row.member_org !== null && row.member_id !== null && programme !== undefined
        ? { org: row.member_org, id: row.member_id, programme }
        : null,
    gross: row.gross,
    discount: row.discount,
    due: row.due,
    refunded: row.refunded,
    refundedAmounts: row.refunded_amounts?.map(Number) ?? null,
    refundedQuantities: row.refunded_quantities?.map(Number) ?? null,
    lines: row.lines,
    facts: row.facts,
    offerSet: row.offer_set,
    journalId: row.journal_id,
    actor: row.actor,
  };
}
