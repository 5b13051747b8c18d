import type { Day } from '#kernel/day';
import type { PastEvent, PastPage, PastPlace, PastRefund, PastSale } from '#offers';
import type { Database, Tx } from '#platform/db/transact';
import { factsOf } from '../explain-payment.ts';
import type { SoldLine } from '../payment.ts';
import type { StoredFacts } from '../read-payment.ts';

interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** Below every id. */
const FIRST_KEY = '00000000-0000-0000-0000-000000000000';

/**
 * Sales and what was paid back of them, by business day, and within a day in the order of the decisions:
 * a journal gets its id where it is decided. What was decided without one keeps the order of its request.
 * @param limit of sales
 */
export function readPastEvents(
  db: Database,
  org: number,
  days: Days,
  after: PastPlace | null,
  limit: number,
): Promise<PastPage<PastEvent>> {
  return db.read([org], async (tx) => {
    const begin = after ?? { day: days.from, key: FIRST_KEY };
    const sales = await readSales(tx, org, begin, days.to, limit);
    const last = sales.length < limit ? undefined : sales.at(-1)?.place;
    const refunds = await readRefunds(tx, org, begin, last ?? { day: days.to, key: null });
    return { items: merged(sales, refunds), next: last ?? null };
  });
}

interface Placed<Event> {
  readonly place: PastPlace;
  readonly event: Event;
}

interface SaleRow {
  readonly payment_id: string;
  readonly business_day: Day;
  readonly key: string;
  readonly touched: boolean;
  readonly lines: readonly SoldLine[];
  readonly facts: StoredFacts;
}

async function readSales(
  tx: Tx,
  org: number,
  after: PastPlace,
  to: Day,
  limit: number,
): Promise<Placed<PastSale>[]> {
  const rows = await tx.prepared<SaleRow>(
    'payments_past_sales',
    `select payment_id, business_day, coalesce(journal_id, payment_id) as key,
            refunded_amounts is not null as touched, lines, facts
       from payments.payment
      where org_id = $1 and business_day between $2 and $3 and state not in ('open', 'cancelled')
        and (business_day, coalesce(journal_id, payment_id)) > ($2::date, $4::uuid)
      order by business_day, key limit $5`,
    [org, after.day, to, after.key, limit],
  );
  return rows.map((row) => ({
    place: { day: row.business_day, key: row.key },
    event: { kind: 'sale', id: row.payment_id, facts: factsOf(row), touched: row.touched },
  }));
}

interface RefundRow {
  readonly payment_id: string;
  readonly business_day: Day;
  readonly key: string;
  readonly lines: PastRefund['lines'];
}

async function readRefunds(
  tx: Tx,
  org: number,
  after: PastPlace,
  upTo: { readonly day: Day; readonly key: string | null },
): Promise<Placed<PastRefund>[]> {
  const rows = await tx.prepared<RefundRow>(
    'payments_past_refunds',
    `select payment_id, business_day, coalesce(journal_id, refund_id) as key, lines
       from payments.refund
      where org_id = $1 and payment_id is not null and business_day between $2 and $4
        and (business_day, coalesce(journal_id, refund_id)) > ($2::date, $3::uuid)
        and ($5::uuid is null or (business_day, coalesce(journal_id, refund_id)) <= ($4::date, $5::uuid))
      order by business_day, key`,
    [org, after.day, after.key, upTo.day, upTo.key],
  );
  return rows.map(({ payment_id, business_day, key, lines }) => ({
    place: { day: business_day, key },
    event: {
      kind: 'refund',
      payment: payment_id,
      day: business_day,
      lines: lines.map(({ line, quantity, amount }) => ({ line, quantity, amount })),
    },
  }));
}

function merged(
  sales: readonly Placed<PastSale>[],
  refunds: readonly Placed<PastRefund>[],
): PastEvent[] {
  const events: PastEvent[] = [];
  let next = 0;
  for (const { place, event } of sales) {
    for (; next < refunds.length && before(refunds[next]!.place, place); next++)
      events.push(refunds[next]!.event);
    events.push(event);
  }
  for (; next < refunds.length; next++) events.push(refunds[next]!.event);
  return events;
}

function before(one: PastPlace, other: PastPlace): boolean {
  return one.day === other.day ? one.key < other.key : one.day < other.day;
}
