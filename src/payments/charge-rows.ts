import { int2s, int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { Charge, Paid } from './payment.ts';
import type { NewPayment } from './payments-item.ts';

/** A charge as its row has it. */
export interface ChargeRow {
  readonly tender: Paid['tender'];
  readonly amount: number;
  readonly tendered: number | null;
  readonly reference: string | null;
  readonly wallet: Paid['wallet'];
  readonly card_bin: string | null;
  readonly card_last4: string | null;
  readonly card_token: string | null;
}

export const CHARGE_COLUMNS =
  'tender, amount, tendered, reference, wallet, card_bin, card_last4, card_token';

export function chargeOfRow(row: ChargeRow): Charge {
  const { tender, amount, tendered, reference, wallet, card_bin: bin, card_token: token } = row;
  const card = bin !== null && token !== null ? { bin, last4: row.card_last4, token } : null;
  return { tender, amount, tendered, reference, wallet, card };
}

/** Writes the charges of sales; those of cash alone take a statement without the columns of the others. */
export async function insertCharges(tx: Tx, sales: readonly Scoped<NewPayment>[]): Promise<void> {
  const rows = sales.flatMap(({ org, value }) =>
    value.charges.map((charge, no) => ({
      org,
      paymentId: value.paymentId,
      businessDay: value.businessDay,
      no,
      ...charge,
    })),
  );
  if (rows.length === 0) return;
  const plain = [
    int8s(rows.map(({ org }) => org)),
    uuids(rows.map(({ paymentId }) => paymentId)),
    int2s(rows.map(({ no }) => no)),
    texts(rows.map(({ tender }) => tender)),
    int8s(rows.map(({ amount }) => amount)),
    int8s(rows.map(({ tendered }) => tendered)),
  ];
  if (rows.every(({ tender }) => tender === 'cash')) {
    await tx.join('payments_charges', CASH_ONLY, plain, rows.length);
    return;
  }
  const told = [
    texts(rows.map(({ reference }) => reference)),
    texts(rows.map(({ wallet }) => wallet)),
    texts(rows.map(({ card }) => card?.bin ?? null)),
    texts(rows.map(({ card }) => card?.last4 ?? null)),
    texts(rows.map(({ card }) => card?.token ?? null)),
    texts(rows.map(({ card, businessDay }) => (card ? businessDay : null))),
  ];
  await tx.join('payments_charges_told', TOLD, [...plain, ...told], rows.length);
}

const CASH_ONLY = `insert into payments.charge (org_id, payment_id, charge_no, tender, amount, state, tendered)
 select u.o, u.p, u.n, u.k, u.a, 'approved', u.t
   from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[]) u(o, p, n, k, a, t)`;

const TOLD = `insert into payments.charge (org_id, payment_id, charge_no, tender, amount, state, tendered,
                             reference, wallet, card_bin, card_last4, card_token, business_day)
 select u.o, u.p, u.n, u.k, u.a, 'approved', u.t, u.r, u.w, u.b, u.l, u.c, u.d::date
   from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[],
               $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
     u(o, p, n, k, a, t, r, w, b, l, c, d)`;
