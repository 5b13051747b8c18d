import { ratio } from '#kernel/share';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { demandPeriod, type Period, storesOf } from './period.ts';

export type SalesGroup = 'day' | 'store' | 'day_store' | 'hour';

/** Sums of sales and of what went back, by the day on which each happened. fen, points, tickets. */
export interface SalesSums {
  readonly tickets: number;
  readonly gross: number;
  readonly discount: number;
  readonly paid: number;
  readonly returns: number;
  readonly refunded: number;
  readonly net: number;
  readonly net_paid: number;
  readonly average_order: number;
  readonly member_tickets: number;
  readonly members_share_ppm: number;
  readonly points: number;
  readonly cashback: number;
}

export type SalesRow = {
  readonly day: string | null;
  readonly store_id: string | null;
  readonly hour: number | null;
} & SalesSums;

const KEYS: Readonly<Record<SalesGroup, string>> = {
  day: 'day, null::uuid store_id, null::int as hour',
  store: 'null::date as day, store_id, null::int as hour',
  day_store: 'day, store_id, null::int as hour',
  hour: 'null::date as day, null::uuid store_id, hour',
};

type Counted = Omit<SalesSums, 'net' | 'net_paid' | 'average_order' | 'members_share_ppm'>;

/** Sales of a period per group, and the totals over all rows. @param zone in which hours are counted */
export async function reportSales(
  db: Database,
  ctx: Ctx,
  asked: Period & { readonly group: SalesGroup; readonly zone: string },
): Promise<{ rows: SalesRow[]; totals: SalesSums }> {
  demandPeriod(asked);
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<Pick<SalesRow, 'day' | 'store_id' | 'hour'> & Counted>(salesSql(KEYS[asked.group]), [
      ctx.org,
      asked.from,
      asked.to,
      storesOf(ctx),
      asked.zone,
    ]),
  );
  return {
    rows: rows.map(({ day, store_id, hour, ...sums }) => ({
      day,
      store_id,
      hour,
      ...derived(sums),
    })),
    totals: derived(rows.reduce<Counted>(added, NOTHING)),
  };
}

function salesSql(keys: string): string {
  return `with sale as (
      select payment_id, business_day as day, store_id, extract(hour from occurred_at at time zone $5)::int as hour,
             gross, discount, due, member_id
        from payments.v_sale
       where org_id = $1 and business_day between $2 and $3 and ($4::uuid[] is null or store_id = any($4))),
    moved as (
      select day, store_id, hour, 1 tickets, gross, discount, due paid, 0 returns, 0 refunded,
             (member_id is not null)::int member_tickets, 0 points, 0 cashback from sale
      union all
      select business_day, store_id, extract(hour from occurred_at at time zone $5)::int, 0, 0, 0, 0, gross, amount, 0, 0, 0
        from payments.v_refund
       where org_id = $1 and business_day between $2 and $3 and ($4::uuid[] is null or store_id = any($4))
      union all
      select s.day, s.store_id, s.hour, 0, 0, 0, 0, 0, 0, 0,
             case w.kind when 'points' then w.amount else 0 end, case w.kind when 'cashback' then w.amount else 0 end
        from sale s join rewards.v_reward w on w.org_id = $1 and w.payment_id = s.payment_id),
    keyed as (select ${keys}, tickets, gross, discount, paid, returns, refunded, member_tickets, points, cashback from moved)
    select day, store_id, hour, sum(tickets)::bigint tickets, sum(gross)::bigint gross, sum(discount)::bigint discount,
           sum(paid)::bigint paid, sum(returns)::bigint "returns", sum(refunded)::bigint refunded,
           sum(member_tickets)::bigint member_tickets, sum(points)::bigint points, sum(cashback)::bigint cashback
      from keyed group by day, store_id, hour order by day, hour, store_id`;
}

const NOTHING: Counted = {
  tickets: 0,
  gross: 0,
  discount: 0,
  paid: 0,
  returns: 0,
  refunded: 0,
  member_tickets: 0,
  points: 0,
  cashback: 0,
};

function added(sum: Counted, row: Counted): Counted {
  const names = Object.keys(NOTHING) as (keyof Counted)[];
  return Object.fromEntries(
    names.map((name) => [name, sum[name] + row[name]]),
  ) as unknown as Counted;
}

function derived(sums: Counted): SalesSums {
  const { tickets, gross, returns, paid, refunded, member_tickets } = sums;
  return {
    ...sums,
    net: gross - returns,
    net_paid: paid - refunded,
    average_order: tickets === 0 ? 0 : ratio(gross, 1, tickets),
    members_share_ppm: tickets === 0 ? 0 : ratio(1_000_000, member_tickets, tickets),
  };
}
