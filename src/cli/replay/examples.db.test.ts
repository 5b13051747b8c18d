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
