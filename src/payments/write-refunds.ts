import { int2s, int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import { type RefundState, refundedOf } from './payment.ts';
import type { LockedPayment, NewRefund, PaymentsState } from './payments-item.ts';

/** Writes refunds, and the payments and charges they touch as they stand after the whole batch. */
export async function writeRefunds(
  tx: Tx,
  backs: readonly Scoped<NewRefund>[],
  state: PaymentsState,
): Promise<void> {
  if (backs.length === 0) return;
  const touched = touchedBy(backs, state);
  await Promise.all([
    insertRefunds(tx, backs),
    movePayments(tx, touched),
    moveCharges(tx, touched),
  ]);
}

/** A payment that money went back of, as it stands after the whole batch. */
interface Touched extends LockedPayment {
  readonly org: number;
  readonly paymentId: string;
  readonly refunds: RefundState;
}

function touchedBy(backs: readonly Scoped<NewRefund>[], state: PaymentsState): Touched[] {
  const touched = new Map<string, Touched>();
  for (const { org, value } of backs) {
    if (!value.payment) continue;
    const { paymentId } = value.payment;
    const key = `${org}/${paymentId}`;
    const locked = state.get(key);
    if (!locked?.refunds) throw new Error(`payment ${paymentId} has no refund to write`);
    touched.set(key, { ...locked, org, paymentId, refunds: locked.refunds });
  }
  return [...touched.values()];
}

async function insertRefunds(tx: Tx, backs: readonly Scoped<NewRefund>[]): Promise<void> {
  const rows = backs.map(({ value }) => value);
  await tx.change(
    'payments_refunds',
    `insert into payments.refund (org_id, refund_id, kind, payment_id, store_id, occurred_at, business_day, amount, gross, lines,
                                  clawback, reason, journal_id, actor, charged, withheld, shortage)
     select u.o, u.r, u.k, u.p, u.s, u.t, u.d::date, u.a, u.g, u.l::json, u.c::json, u.w, u.j, u.y, u.b::bigint[], u.h, u.e::json
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[], $8::bigint[],
                   $9::bigint[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::text[], $15::text[], $16::bigint[],
                   $17::text[]) u(o, r, k, p, s, t, d, a, g, l, c, w, j, y, b, h, e)`,
    [
      int8s(backs.map(({ org }) => org)),
      uuids(rows.map((row) => row.refundId)),
      texts(rows.map((row) => row.kind)),
      uuids(rows.map((row) => row.payment?.paymentId ?? null)),
      uuids(rows.map((row) => row.storeId)),
      timestamps(rows.map((row) => row.occurredAt)),
      texts(rows.map((row) => row.businessDay)),
      int8s(rows.map((row) => row.amount)),
      int8s(rows.map((row) => row.gross)),
      texts(rows.map((row) => row.lines)),
      texts(rows.map((row) => row.clawback)),
      texts(rows.map((row) => row.reason)),
      uuids(rows.map((row) => row.journalId)),
      texts(rows.map((row) => row.actor)),
      texts(rows.map(({ charged }) => charged && `{${charged.join(',')}}`)),
      int8s(rows.map(({ withheld }) => withheld)),
      texts(rows.map(({ shortage }) => shortage)),
    ],
    backs.length,
  );
}

async function movePayments(tx: Tx, rows: readonly Touched[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.change(
    'payments_move',
    `update payments.payment p set state = u.s, refunded = u.r, refunded_amounts = u.a::bigint[], refunded_quantities = u.q::bigint[]
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[]) u(o, p, s, r, a, q)
      where p.org_id = u.o and p.payment_id = u.p`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ paymentId }) => paymentId)),
      texts(rows.map((row) => row.state)),
      int8s(rows.map(({ refunded }) => refunded)),
      texts(rows.map(({ refunds }) => `{${refunds.amounts.join(',')}}`)),
      texts(rows.map(({ refunds }) => `{${refunds.quantities.join(',')}}`)),
    ],
    rows.length,
  );
}

/** Every charge of a touched payment stands where the payment's sum of refunds puts it. */
async function moveCharges(tx: Tx, touched: readonly Touched[]): Promise<void> {
  const rows = touched.flatMap(({ org, paymentId, charges, refunded }) =>
    refundedOf(charges, refunded).map((back, no) => ({ org, paymentId, no, back })),
  );
  if (rows.length === 0) return;
  await tx.change(
    'payments_charges_back',
    `update payments.charge c set refunded = u.b
       from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::bigint[]) u(o, p, n, b)
      where c.org_id = u.o and c.payment_id = u.p and c.charge_no = u.n`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ paymentId }) => paymentId)),
      int2s(rows.map(({ no }) => no)),
      int8s(rows.map(({ back }) => back)),
    ],
    rows.length,
  );
}
