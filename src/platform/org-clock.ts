import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import { realNow } from '#platform/clock';
import { backwards, clockBusy, notSettable } from '#platform/clock-refusals';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { repeat } from '#platform/repeat';
import { carryOut, type TimerWork } from '#platform/timer/carry-out';
import { TIMER_COLUMNS, type TimerRow } from '#platform/timer/due-timer';

/** The clocks of all orgs, in memory: asking the time costs no query. */
export interface OrgClocks {
  /** Real time, or the time the org's clock was set to. It stands still until it is set again. */
  readonly now: (org: number) => Date;
  /** Reads the set clocks again; also done every second. */
  refresh(): Promise<void>;
  /** Keeps what was written by this process. */
  keep(org: number, now: Date): void;
  close(): Promise<void>;
}

const REFRESH_MS = 1000;

/** Reads the set clocks and keeps them fresh. */
export async function openOrgClocks(db: Database): Promise<OrgClocks> {
  const set = new Map<number, { readonly now: Date; readonly turn: number }>();
  let turn = 0;
  const keep = (org: number, now: Date) => {
    // A refresh may have read just before this process moved the clock; clocks only go forward.
    const later = now.getTime() > (set.get(org)?.now.getTime() ?? -Infinity);
    set.set(org, { now: later ? now : (set.get(org)?.now ?? now), turn });
  };
  const refresh = async () => {
    const began = ++turn;
    const rows = await db.sweep((tx) =>
      tx.query<{ org_id: number; now: Date }>('select org_id, now from platform.clock'),
    );
    for (const row of rows) keep(row.org_id, row.now);
    const there = new Set(rows.map((row) => row.org_id));
    // What was kept since this refresh began may be newer than what it read.
    for (const [org, kept] of set) if (!there.has(org) && kept.turn < began) set.delete(org);
  };
  await refresh();
  const loop = repeat({ everyMs: REFRESH_MS, run: refresh });
  return { now: (org) => set.get(org)?.now ?? realNow(), refresh, keep, close: () => loop.close() };
}

export interface ClockWork extends TimerWork {
  readonly clocks: OrgClocks;
  /** Only an org for trying things out may have a clock of its own. */
  readonly isSandbox: (org: number) => Promise<boolean>;
  /** When the newest of what stands in the org's book occurred; undefined if nothing does. */
  readonly latestOf: (tx: Tx, org: number) => Promise<Date | undefined>;
}

const LEASE_MS = 30_000;
const busy = new Set<number>();

/**
 * Sets a sandbox org's clock forward to `to`, the first time to no earlier than what stands in its book, and
 * carries out the timers that fall due on the way, in due order, each at its own due time. Audited.
 * @returns how many timers ran.
 * @throws Refused `clock_not_settable`, `clock_backwards`, `clock_busy`
 */
export async function setClock(
  work: ClockWork,
  ctx: Ctx,
  to: Date,
): Promise<{ now: Date; timers: number }> {
  const { db, clocks, isSandbox } = work;
  const { org } = ctx;
  must(await isSandbox(org), () => notSettable);
  must(!busy.has(org), () => clockBusy);
  busy.add(org);
  try {
    const before = await begin(work, org, to);
    let ran = 0;
    for (;;) {
      const rows = await leaseNext(db, org, to);
      const dueAt = rows[0]?.due_at;
      if (!dueAt) break;
      if (dueAt.getTime() > clocks.now(org).getTime()) await move(work, org, dueAt);
      const now = clocks.now(org);
      const done = await Promise.all(rows.map((row) => carryOut(work, row, now)));
      ran += done.filter(Boolean).length;
    }
    const after = { now: to, timers: ran };
    await db.transact([org], async (tx) => {
      await tx.execute(MOVE, [org, to]);
      const change = { verb: 'clock.set', subject: `org:${org}`, before, after };
      await audit(tx, { ...ctx, now: to }, change);
    });
    clocks.keep(org, to);
    return { now: to, timers: ran };
  } finally {
    busy.delete(org);
  }
}

/**
 * Gives an org's clock back to real time, which its timers follow from here on. It may be set again. Audited.
 * @returns false if it was not set.
 * @throws Refused `clock_backwards` while it stands in the future, `clock_busy`
 */
export async function releaseClock(
  { db, clocks }: Pick<ClockWork, 'db' | 'clocks'>,
  ctx: Ctx,
): Promise<boolean> {
  const { org } = ctx;
  must(!busy.has(org), () => clockBusy);
  const released = await db.transact([org], async (tx) => {
    const [row] = await tx.query<{ now: Date }>(
      'select now from platform.clock where org_id = $1 for update',
      [org],
    );
    if (!row) return false;
    must(row.now.getTime() <= realNow().getTime(), () => backwards(row.now));
    await tx.execute('delete from platform.clock where org_id = $1', [org]);
    await tx.execute(
      'update platform.timer set wake_at = due_at where org_id = $1 and wake_at is null',
      [org],
    );
    const before = { now: row.now };
    await audit(tx, ctx, { verb: 'clock.release', subject: `org:${org}`, before });
    return true;
  });
  await clocks.refresh();
  return released;
}

/** Gives the org a clock row; from here on real time no longer makes its timers due. */
async function begin(
  { db, clocks, latestOf }: ClockWork,
  org: number,
  to: Date,
): Promise<{ now: Date | null }> {
  const stood = await db.transact([org], async (tx) => {
    const [row] = await tx.query<{ now: Date }>(
      'select now from platform.clock where org_id = $1 for update',
      [org],
    );
    must(!row || row.now.getTime() <= to.getTime(), () => backwards(row?.now ?? to));
    if (row) return row.now;
    // The first setting may choose any day from the last in the book: what stands there has happened.
    const latest = await latestOf(tx, org);
    must(!latest || latest.getTime() <= to.getTime(), () => backwards(latest ?? to));
    await tx.execute('insert into platform.clock (org_id, now) values ($1, $2)', [
      org,
      await firstNow(tx, org, to),
    ]);
    await tx.execute(
      'update platform.timer set wake_at = null where org_id = $1 and attempts = 0',
      [org],
    );
    return null;
  });
  await clocks.refresh();
  return { now: stood };
}

async function firstNow(tx: Tx, org: number, to: Date): Promise<Date> {
  const [first] = await tx.query<{ due_at: Date }>(
    'select due_at from platform.timer where org_id = $1 order by due_at limit 1',
    [org],
  );
  return first && first.due_at < to ? first.due_at : to;
}

/** Leases the timers of the next due time, at most 500; those put off by a failure are left out. */
async function leaseNext(db: Database, org: number, to: Date): Promise<TimerRow[]> {
  const now = realNow();
  return db.transact([org], (tx) =>
    tx.query<TimerRow>(
      `with next as (
         select due_at from platform.timer
          where org_id = $1 and due_at <= $2 and (wake_at is null or wake_at <= $3) order by due_at limit 1),
       taken as (
         select timer_id from platform.timer
          where org_id = $1 and due_at = (select due_at from next) and (wake_at is null or wake_at <= $3)
          order by timer_id limit 500 for update skip locked)
       update platform.timer set wake_at = $4, attempts = least(attempts + 1, 30000)
        where org_id = $1 and timer_id in (select timer_id from taken)
       returning ${TIMER_COLUMNS}`,
      [org, to, now, new Date(now.getTime() + LEASE_MS)],
    ),
  );
}

const MOVE = 'update platform.clock set now = greatest(now, $2) where org_id = $1';

async function move({ db, clocks }: ClockWork, org: number, to: Date): Promise<void> {
  await db.transact([org], (tx) => tx.execute(MOVE, [org, to]));
  clocks.keep(org, to);
}

export { clockRefusals } from '#platform/clock-refusals';
