import { afterAll, beforeAll, expect, test } from 'vitest';
import { realNow } from '#platform/clock';
import type { Ctx } from '#platform/context';
import { setTimer } from '#platform/timer/set-timer';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { type ClockWork, openOrgClocks, type OrgClocks, setClock } from './org-clock.ts';
import { runTimers } from './timer/run-timers.ts';

const SANDBOX = 21;
const TRADED = 23;
let db: FreshDatabase;
let clocks: OrgClocks;

beforeAll(async () => {
  db = await freshDatabase();
  clocks = await openOrgClocks(db);
});
afterAll(async () => {
  await clocks.close();
  await db.drop();
});

const ctx = (org: number): Ctx => ({
  org,
  principal: { kind: 'staff', id: '1', name: 'Li', org, scopes: new Set(), stores: 'all' },
  now: realNow(),
  requestId: 'r1',
  locale: 'en',
});

const at = (text: string) => new Date(`2010-12-${text}Z`);
const work = (handlers: ClockWork['handlers']): ClockWork => ({
  db,
  clocks,
  handlers,
  isSandbox: async (org) => [SANDBOX, TRADED].includes(org),
  latestOf: async (_tx, org) => (org === TRADED ? at('04T12:00') : undefined),
});

test('an org without a clock of its own has real time', () => {
  expect(Math.abs(clocks.now(99).getTime() - realNow().getTime())).toBeLessThan(50);
});

test.each([
  ['a real org', 22, at('02T00:00'), 'clock_not_settable'],
  ['back in time', SANDBOX, at('01T00:00'), 'clock_backwards'],
])('%s is refused', async (_name, org, to, code) => {
  if (org === SANDBOX) await setClock(work({}), ctx(org), at('01T08:00'));
  await expect(setClock(work({}), ctx(org), to)).rejects.toMatchObject({ refusal: { code } });
});

test('the first setting is refused before what stands in the book, and then leaves the clock as it was', async () => {
  await expect(setClock(work({}), ctx(TRADED), at('04T11:59'))).rejects.toMatchObject({
    refusal: {
      code: 'clock_backwards',
      detail: { en: expect.stringContaining('2010-12-04T12:00') },
    },
  });
  expect(Math.abs(clocks.now(TRADED).getTime() - realNow().getTime())).toBeLessThan(50);
  await setClock(work({}), ctx(TRADED), at('04T12:00'));
  expect(clocks.now(TRADED)).toEqual(at('04T12:00'));
});

test('moving the clock runs timers in due order, each at its own time, also those set on the way', async () => {
  const seen: [string, string][] = [];
  const runner = runTimers({ db, handlers: {}, clockOf: clocks.now });
  await db.transact([SANDBOX], async (tx) => {
    for (const day of ['03', '02', '09']) {
      await setTimer(tx, SANDBOX, { kind: 'day', dedupe: day, dueAt: at(`${day}T00:00`) });
    }
  });
  const handlers: ClockWork['handlers'] = {
    day: async ({ dedupe, now }) => {
      seen.push([dedupe, now.toISOString()]);
      expect(clocks.now(SANDBOX)).toEqual(now);
      if (dedupe !== '02') return;
      await db.transact([SANDBOX], (tx) =>
        setTimer(tx, SANDBOX, { kind: 'day', dedupe: 'new', dueAt: at('02T12:00') }),
      );
    },
  };
  expect(await setClock(work(handlers), ctx(SANDBOX), at('05T00:00'))).toEqual({
    now: at('05T00:00'),
    timers: 3,
  });
  await runner.close();
  expect(seen).toEqual([
    ['02', '2010-12-02T00:00:00.000Z'],
    ['new', '2010-12-02T12:00:00.000Z'],
    ['03', '2010-12-03T00:00:00.000Z'],
  ]);
  expect(clocks.now(SANDBOX)).toEqual(at('05T00:00'));
  const audits = await db.read([SANDBOX], (tx) =>
    tx.query(
      'select verb, subject from platform.audit where org_id = $1 order by audit_id desc limit 1',
      [SANDBOX],
    ),
  );
  expect(audits).toEqual([{ verb: 'clock.set', subject: `org:${SANDBOX}` }]);
});

test('a timer that fails does not hold the clock up and is tried again in real time', async () => {
  let tries = 0;
  const handlers: ClockWork['handlers'] = {
    shaky: async () => {
      if (++tries === 1) throw new Error('not yet');
    },
  };
  await db.transact([SANDBOX], (tx) =>
    setTimer(tx, SANDBOX, { kind: 'shaky', dedupe: '1', dueAt: at('06T00:00') }),
  );
  expect((await setClock(work(handlers), ctx(SANDBOX), at('07T00:00'))).timers).toBe(0);
  const runner = runTimers({ db, handlers, clockOf: clocks.now });
  await expect.poll(() => tries, { timeout: 3000 }).toBe(2);
  await runner.close();
});

test('another process sees the new time within a second', async () => {
  const other = await openOrgClocks(db);
  await setClock(work({}), ctx(SANDBOX), at('08T00:00'));
  await expect.poll(() => other.now(SANDBOX), { timeout: 2500 }).toEqual(at('08T00:00'));
  await other.close();
});
