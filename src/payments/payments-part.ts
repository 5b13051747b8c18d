import { int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';
import { insertCharges } from './charge-rows.ts';
import { NOTHING_EARLIER, readEarlier, withMore } from './earlier-refunds.ts';
import type { PaymentState } from './payment.ts';
import type { NewPayment, PaymentsItem, PaymentsState } from './payments-item.ts';
import { writeRefunds } from './write-refunds.ts';

/** The payments' share in a hot write: locks payments that money goes back of, writes sales and refunds. */
export const paymentsPart: Part<string, PaymentsState, PaymentsItem> = {
  name: 'payments',
  rank: 60,
  async lock(tx, wants) {
    const state: PaymentsState = new Map();
    if (wants.length === 0) return state;
    const locking = tx.prepared<PaymentRow>(
      'payments_lock',
      `select p.org_id, p.payment_id, p.state, p.refunded, p.refunded_amounts, p.refunded_quantities,
              array(select c.amount from payments.charge c
                     where c.org_id = p.org_id and c.payment_id = p.payment_id order by c.charge_no) charges
         from (select distinct * from unnest($1::bigint[], $2::uuid[]) d(o, p)) u
         join payments.payment p on p.org_id = u.o and p.payment_id = u.p
        order by p.org_id, p.payment_id for update of p`,
      [int8s(wants.map(({ org }) => org)), uuids(wants.map(({ value }) => value))],
    );
    // A statement of its own sees what the locks waited for.
    const [rows, earlier] = await Promise.all([locking, readEarlier(tx, wants)]);
    for (const row of rows) {
      const key = `${row.org_id}/${row.payment_id}`;
      const { refunded_amounts: amounts, refunded_quantities: quantities } = row;
      const refunds =
        amounts && quantities
          ? { amounts: amounts.map(Number), quantities: quantities.map(Number) }
          : null;
      state.set(key, {
        state: row.state,
        refunded: row.refunded,
        refunds,
        earlier: earlier.get(key) ?? NOTHING_EARLIER,
        charges: row.charges.map(Number),
      });
    }
    return state;
  },
  blank: () => new Map(),
  decide(state, org, items) {
    return () => {
      for (const item of items) {
        if (item.kind !== 'back' || !item.refund.payment) continue;
        const { paymentId, state: next, after } = item.refund.payment;
        const locked = state.get(`${org}/${paymentId}`);
        if (!locked) throw new Error(`payment ${paymentId} was not locked`);
        locked.state = next;
        locked.refunds = after;
        locked.refunded += item.refund.amount;
        locked.earlier = withMore(locked.earlier, item.refund);
      }
    };
  },
  async write(tx, items, state) {
    const sales = items.flatMap(({ org, value }) =>
      value.kind === 'sale' ? [{ org, value: value.payment }] : [],
    );
    const backs = items.flatMap(({ org, value }) =>
      value.kind === 'back' ? [{ org, value: value.refund }] : [],
    );
    await Promise.all([
      insertPayments(tx, sales),
      insertCharges(tx, sales),
      writeRefunds(tx, backs, state),
    ]);
  },
};

interface PaymentRow {
  org_id: number;
  payment_id: string;
  state: PaymentState;
  refunded: number;
  refunded_amounts: (string | number)[] | null;
  refunded_quantities: (string | number)[] | null;
  charges: (string | number)[];
}

async function insertPayments(tx: Tx, sales: readonly Scoped<NewPayment>[]): Promise<void> {
  if (sales.length === 0) return;
  const rows = sales.map(({ value }) => value);
  await tx.join(
    'payments_sales',
    `insert into payments.payment (org_id, payment_id, store_id, state, channel, occurred_at, business_day, member_org, member_id,
                                   gross, discount, due, lines, facts, offer_set, journal_id, actor)
     select u.o, u.p, u.s, 'paid', u.c, u.t, u.d::date, u.mo, u.mi, u.g, u.x, u.y, u.l::json, u.f::json, u.v::json, u.j, u.a
       from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::bigint[], $8::uuid[],
                   $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::uuid[], $16::text[])
         u(o, p, s, c, t, d, mo, mi, g, x, y, l, f, v, j, a)`,
    [
      int8s(sales.map(({ org }) => org)),
      uuids(rows.map((row) => row.paymentId)),
      uuids(rows.map((row) => row.storeId)),
      texts(rows.map((row) => row.channel)),
      timestamps(rows.map((row) => row.occurredAt)),
      texts(rows.map((row) => row.businessDay)),
      int8s(rows.map((row) => row.member?.org ?? null)),
      uuids(rows.map((row) => row.member?.id ?? null)),
      int8s(rows.map((row) => row.gross)),
      int8s(rows.map((row) => row.discount)),
      int8s(rows.map((row) => row.due)),
      texts(rows.map((row) => row.lines)),
      texts(rows.map((row) => row.facts)),
      texts(rows.map((row) => row.offerSet)),
      uuids(rows.map((row) => row.journalId)),
      texts(rows.map((row) => row.actor)),
    ],
    sales.length,
  );
}
