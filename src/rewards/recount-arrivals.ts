import { addBusinessDays, publishedThrough } from '#kernel/business-day';
import { type Day, startOfDay } from '#kernel/day';
import type { Database, Tx } from '#platform/db/transact';
import { setTimer } from '#platform/timer/set-timer';
import { ARRIVAL_TIMER } from './grant-rewards.ts';
import { POOL_TIMER } from './pool.ts';

const TOGETHER = 500;

/**
 * Counts provisional days of arrival again where the calendar has gained days since they were counted, and moves
 * their timers. To be called at the start; once counted, it does nothing until the calendar grows again.
 * @returns how many rewards and pools were looked at.
 */
export async function recountArrivals(
  db: Database,
  zoneOf: (org: number) => Promise<string>,
  through: Day = publishedThrough,
): Promise<number> {
  const known = await db.read([], (tx) =>
    tx.query<{ published_through: Day }>('select published_through from rewards.calendar'),
  );
  if (known[0] && known[0].published_through >= through) return 0;
  let counted = 0;
  for (const org of await orgsWithProvisional(db)) {
    const zone = await zoneOf(org);
    counted += await inPages(db, org, (tx, after) => recountRewards(tx, org, zone, after));
    counted += await inPages(db, org, (tx, after) => recountPools(tx, org, zone, after));
  }
  await db.transact([], (tx) =>
    tx.execute(
      `insert into rewards.calendar (published_through) values ($1)
       on conflict (one) do update set published_through = excluded.published_through`,
      [through],
    ),
  );
  return counted;
}

function orgsWithProvisional(db: Database): Promise<number[]> {
  return db.sweep(async (tx) => {
    const rows = await tx.query<{ org_id: number }>(
      `select org_id from rewards.reward where state = 'pending' and provisional
       union select org_id from rewards.pool where state = 'open' and provisional order by 1`,
    );
    return rows.map(({ org_id: org }) => org);
  });
}

interface Page {
  readonly count: number;
  readonly last: string;
}

async function inPages(
  db: Database,
  org: number,
  turn: (tx: Tx, after: string) => Promise<Page>,
): Promise<number> {
  let sum = 0;
  for (let after = ''; ;) {
    const { count, last } = await db.transact([org], (tx) => turn(tx, after));
    sum += count;
    if (count < TOGETHER) return sum;
    after = last;
  }
}

async function recountRewards(tx: Tx, org: number, zone: string, after: string): Promise<Page> {
  const rows = await tx.query<{
    place: string;
    payment_id: string;
    decision_no: number;
    granted_on: Day;
    business_days: number;
  }>(
    `select payment_id || '/' || lpad(decision_no::text, 5, '0') place, payment_id, decision_no, granted_on, business_days
       from rewards.reward
      where org_id = $1 and state = 'pending' and provisional and pool is null
        and payment_id || '/' || lpad(decision_no::text, 5, '0') > $2
      order by 1 limit ${TOGETHER} for update`,
    [org, after],
  );
  const counted = rows.map((row) => ({
    ...row,
    ...addBusinessDays(row.granted_on, row.business_days),
  }));
  await tx.execute(
    `update rewards.reward r set due_on = u.d::date, provisional = u.v
       from unnest($2::uuid[], $3::smallint[], $4::text[], $5::boolean[]) u(p, n, d, v)
      where r.org_id = $1 and r.payment_id = u.p and r.decision_no = u.n`,
    [
      org,
      counted.map((row) => row.payment_id),
      counted.map((row) => row.decision_no),
      counted.map(({ day }) => day),
      counted.map(({ provisional }) => provisional),
    ],
  );
  for (const day of new Set(counted.map((each) => each.day)))
    await setTimer(tx, org, { kind: ARRIVAL_TIMER, dedupe: day, dueAt: startOfDay(day, zone) });
  return { count: rows.length, last: rows.at(-1)?.place ?? '' };
}

async function recountPools(tx: Tx, org: number, zone: string, after: string): Promise<Page> {
  const rows = await tx.query<{ pool: string; last_on: Day; business_days: number }>(
    `select pool, last_on, business_days from rewards.pool
      where org_id = $1 and state = 'open' and provisional and pool > $2 order by pool limit ${TOGETHER} for update`,
    [org, after],
  );
  const counted = rows.map((row) => ({
    ...row,
    ...addBusinessDays(row.last_on, row.business_days),
  }));
  await tx.execute(
    `update rewards.pool p set due_on = u.d::date, provisional = u.v
       from unnest($2::text[], $3::text[], $4::boolean[]) u(n, d, v) where p.org_id = $1 and p.pool = u.n`,
    [
      org,
      counted.map(({ pool }) => pool),
      counted.map(({ day }) => day),
      counted.map(({ provisional }) => provisional),
    ],
  );
  for (const { pool, day } of counted)
    await setTimer(tx, org, { kind: POOL_TIMER, dedupe: pool, dueAt: startOfDay(day, zone) });
  return { count: rows.length, last: rows.at(-1)?.pool ?? '' };
}
