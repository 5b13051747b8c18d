import type { Day } from '#kernel/day';
import { drawnSince } from '#ledger';
import type { PastSales, PastSpan } from '#offers';
import type { Database } from '#platform/db/transact';
import { drawable } from '../quote-payment.ts';
import { planBack } from './plan-back.ts';
import { readBoughtBefore, readBuyers } from './read-buyers.ts';
import { readEarlierSales } from './read-earlier-sales.ts';
import { readGranted } from './read-granted.ts';
import { readPastEvents } from './read-past-events.ts';

/** The past payments of merchants, as the simulator of offers reads them. */
export function pastSales(db: Database): PastSales {
  return {
    span: (org) => readSpan(db, org),
    count: (org, days) => countSales(db, org, days),
    page: (org, days, after, limit) => readPastEvents(db, org, days, after, limit),
    earlier: (org, days, after, limit) => readEarlierSales(db, org, days, after, limit),
    buyers: (org, days) => readBuyers(db, org, days),
    boughtBefore: (org, members, day) => readBoughtBefore(db, org, members, day),
    budgetAt: (org, funder, budget, day) => budgetAt(db, org, funder, budget, day),
    planBack,
    granted: (org, days, offer) => readGranted(db, org, days, offer),
  };
}

async function readSpan(db: Database, org: number): Promise<PastSpan | null> {
  const [row] = await db.read([org], (tx) =>
    tx.query<{ from: Day; to: Day } | { from: null; to: null }>(
      `select min(business_day) as from, max(business_day) as to from payments.payment where org_id = $1`,
      [org],
    ),
  );
  return !row || row.from === null ? null : row;
}

async function countSales(db: Database, org: number, { from, to }: PastSpan): Promise<number> {
  const [row] = await db.read([org], (tx) =>
    tx.query<{ sales: number }>(
      `select count(*) as sales from payments.payment
        where org_id = $1 and business_day between $2 and $3 and state not in ('open', 'cancelled')`,
      [org, from, to],
    ),
  );
  return row?.sales ?? 0;
}

async function budgetAt(
  db: Database,
  org: number,
  funder: number,
  budget: string,
  day: Day,
): Promise<number> {
  const left = await drawable(db, org, budget, funder);
  return left + (await db.read([org], (tx) => drawnSince(tx, org, budget, day)));
}
