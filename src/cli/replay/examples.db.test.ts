import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '#kernel/day';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { type App, openApp } from '../../app.ts';
import { type Expected, naively, type NaiveRule } from './naive-book.fixture.ts';
import {
  budgetCloses,
  everyThird,
  flat,
  monthly,
  nextVisit,
  twoRates,
} from './naive-rules.fixture.ts';
import { type PlannedDay, planWrites } from './plan-writes.ts';
import { readTickets } from './read-tickets.ts';
import { type Replayed, replayFile } from './replay-file.ts';
import { ZONE } from './stage.ts';
import { csv, withFile } from './written-file.fixture.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../sim/${path}`, import.meta.url));
const SMALL = at('tickets/online-retail-small.csv.gz');

let db: FreshDatabase;
let app: App;
let days: readonly PlannedDay[];
beforeAll(async () => {
  db = await freshDatabase();
  app = await openApp({ db, vault: openVault(Buffer.alloc(32, 7)), log: silentLog() });
  ({ days } = planWrites((await readTickets(SMALL)).tickets, ZONE));
});
afterAll(async () => {
  await app?.close();
  await db?.drop();
});

const replay = (set: string, more: object = {}) =>
  replayFile(app, { file: SMALL, merchant: set, offers: at(`offers/${set}.json`), ...more });

/** What the command tells of the offers, without what the tickets alone do not say. */
const toldBy = ({ offers }: Replayed): Record<string, Expected> =>
  Object.fromEntries(
    offers.map(({ code, grants, sales, amount, reversed, partial, per_funder, per_month }) => [
      code,
      { grants, sales, amount, reversed, partial, per_funder, per_month },
    ]),
  );

describe('a set replayed over real tickets comes to what a plain reading of its rule comes to', () => {
  test.each<readonly [string, () => NaiveRule]>([
    ['flat-cashback', flat],
    ['two-rates-three-funders', twoRates],
    ['monthly-cumulative', monthly],
    ['every-third-ticket', everyThird],
    ['next-visit-coupon', nextVisit],
    ['budget-closes', budgetCloses],
  ])(
    '%s',
    async (set, rule) => {
      const replayed = await replay(set);
      const expected = naively(days, rule());
      expect(replayed.balanced).toBe(true);
      expect(toldBy(replayed)).toEqual(expected);
      for (const { grants } of Object.values(expected)) expect(grants).toBeGreaterThan(10);
    },
    120_000,
  );
});

test('a budget says between which tickets it was used up, and its accounts hold what is left', async () => {
  const rule = budgetCloses();
  naively(days, rule);
  const { budgets, offers } = await replay('budget-closes');
  const { left, last, short } = rule.course;
  expect(budgets).toEqual([
    {
      code: 'brand-2000',
      funder: 'brand',
      total: 200_000,
      granted: offers[0]!.amount,
      taken_back: offers[0]!.reversed,
      spent: 200_000 - left,
      left,
      closed: true,
      last_ticket: last,
      first_short: short,
      after_closing: expect.objectContaining({ grants: expect.any(Number) }),
    },
  ]);
});

test('coupons end used, available or expired as their days say', async () => {
  const rule = nextVisit();
  naively(days, rule);
  const { offers } = await replay('next-visit-coupon');
  const today = addDays(days.at(-1)!.day, 1);
  const open = rule.coupons.filter(({ usedBy, revoked }) => usedBy === null && !revoked);
  expect(offers.find(({ code }) => code === 'GET-COUPON')?.states).toEqual({
    pending: 0,
    available: open.filter(({ to }) => to >= today).length,
    used: rule.coupons.filter(({ usedBy }) => usedBy !== null).length,
    cancelled: 0,
    expired: open.filter(({ to }) => to < today).length,
  });
});

test('interrupted and taken up again, coupons are given and used as in one run', async () => {
  const stop = new AbortController();
  const onProgress = (step: string, done: number) => {
    if (step === 'write' && done > 400) stop.abort();
  };
  const merchant = 'cut-short';
  const cut = replay('next-visit-coupon', { merchant, signal: stop.signal, onProgress });
  await expect(cut).rejects.toThrow('aborted');
  await app.recorder.idle();
  const rest = await replay('next-visit-coupon', { merchant });
  expect(rest.ran.recorded).toBeGreaterThan(0);
  expect(toldBy(rest)).toEqual(naively(days, nextVisit()));
}, 120_000);

describe('the clock goes through the days of the file, and on when asked', () => {
  const name = { zh: '一', en: 'one' };
  const offer = (code: string, ...benefits: readonly object[]) => ({
    code,
    name,
    schedule: { from: '2010-01-01' },
    audience: { members_only: true },
    benefits,
  });
  const rate = { by: 'rate', rate: 10_000 };
  const perYuan = { by: 'per_yuan', rate: 1_000_000 };
  const waits = (timing: object) => ({ kind: 'cashback', earn: rate, timing });
  const month = { type: 'month' };
  const offers = [
    offer('T3', waits({ type: 'business_days', days: 3 })),
    offer('REACH', waits({ type: 'cumulative', window: month, reach: { amount: 50_000 } })),
    offer('QUIET', waits({ type: 'after_last', days: 2 })),
    offer('POINTS', { kind: 'points', earn: perYuan, expiry: { type: 'rolling', days: 20 } }),
    offer('GROW', { kind: 'growth', earn: perYuan }),
  ];
  // 100.00 on a Wednesday and 200.00 two days later; the last ticket, of nobody, is sold on the Monday after.
  const tickets = csv(
    '1,A,a,1,2010-12-01 08:26:00,100,7,UK',
    '2,A,a,2,2010-12-03 08:26:00,100,7,UK',
    '3,A,a,1,2010-12-06 08:26:00,1,,UK',
  );
  const run = (more: object) =>
    withFile('offers.json', JSON.stringify(offers), (path) =>
      withFile('t.csv', tickets, (file) =>
        replayFile(app, { file, merchant: 'clock', offers: path, members: true, ...more }),
      ),
    );
  const states = ({ offers: told }: Replayed) =>
    told.map(({ code, states: is }) => [
      code,
      is?.pending,
      is?.available,
      is?.cancelled,
      is?.expired,
    ]);

  test('it stands on the day behind the last ticket', async () => {
    const replayed = await run({});
    expect(states(replayed)).toEqual([
      ['GROW', 0, 300, 0, 0],
      ['POINTS', 0, 300, 0, 0],
      ['QUIET', 0, 300, 0, 0],
      ['REACH', 300, 0, 0, 0],
      ['T3', 200, 100, 0, 0],
    ]);
    expect(replayed.members).toEqual([
      expect.objectContaining({
        customer: '7',
        points: 300,
        growth: 300,
        cashback: 400,
        cashback_pending: 500,
      }),
    ]);
  });

  test('with days to settle, what waits arrives or is cancelled, and points expire', async () => {
    const replayed = await run({ settleDays: 40 });
    expect(replayed.ran).toEqual({ recorded: 0, replayed: 3 });
    expect(states(replayed)).toEqual([
      ['GROW', 0, 300, 0, 0],
      ['POINTS', 0, 0, 0, 300],
      ['QUIET', 0, 300, 0, 0],
      ['REACH', 0, 0, 300, 0],
      ['T3', 0, 300, 0, 0],
    ]);
    expect(replayed.members).toMatchObject([
      { points: 0, growth: 300, cashback: 600, cashback_pending: 0 },
    ]);
  });
});
