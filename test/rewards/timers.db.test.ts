import { afterAll, beforeAll, expect, test } from 'vitest';
import { account } from '#ledger';
import type { DefinitionInput } from '#offers';
import { dueTimer, type TimerRow } from '#platform/timer/due-timer';
import { ARRIVAL_TIMER, POOL_TIMER, recountArrivals, rewardsInvariants } from '#rewards';
import { asOwner } from '../database.ts';
import { type Shop, Stage } from '../stage.ts';
import { at, broken, rewardsOf, sellCups, shopAt, standing, until } from './rewards-stage.ts';

let stage: Stage;
let shops = 0;
let phones = 13_500_000_000;

beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage?.close());

const base = { name: { zh: '方案', en: 'offer' }, schedule: { from: '2020-01-01' } };

const offerOf = (timing: object, code = 'cashback'): DefinitionInput => ({
  ...base,
  code,
  benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 100_000 }, timing } as never],
});
const TOMORROW = offerOf({ type: 'business_days', days: 1 });
const QUIET = offerOf({ type: 'after_last', days: 2 });
const MONTHLY = offerOf({
  type: 'cumulative',
  window: { type: 'month' },
  reach: { amount: 100_000 },
});

async function opened(day: string, ...offers: DefinitionInput[]) {
  const shop = await shopAt(stage, `timer-${++shops}`, `${day} 10:00`, offers);
  return { shop, member: await stage.member(shop, String(++phones)) };
}

const timersOf = (org: number) =>
  asOwner<TimerRow>(
    stage.db.url,
    `select org_id::int, timer_id, kind, dedupe, payload, due_at, 1 attempts from platform.timer
      where org_id = $1 and kind like 'rewards.%' order by due_at`,
    [org],
  );

/** Journals of arrivals and what they moved. */
async function arrivals(org: number): Promise<number[]> {
  const rows = await asOwner<{ amount: string }>(
    stage.db.url,
    `select sum(l.amount) amount from ledger.journal j cross join lateral unnest(j.amount) l(amount)
      where j.org_id = $1 and j.kind = 'reward.arrive' and l.amount > 0 group by j.journal_id order by 1`,
    [org],
  );
  return rows.map(({ amount }) => Number(amount));
}

/** The handler of a timer, as another process calls it at a moment of the org's clock. */
function fire(app: Pick<Stage['app'], 'timerHandlers'>, row: TimerRow, now: Date): Promise<void> {
  const handler = app.timerHandlers[row.kind];
  if (!handler) throw new Error(`no handler of ${row.kind}`);
  return handler(dueTimer(row, now));
}

test('past the published calendar a day is provisional, and is counted again when the calendar grows', async () => {
  const { shop, member } = await opened('2026-12-30', offerOf({ type: 'business_days', days: 2 }), {
    ...QUIET,
    code: 'quiet',
  });
  const sale = await sellCups(stage, shop, member, 1);
  for (const each of sale.rewards)
    expect(each).toMatchObject({ available_on: '2027-01-04', provisional: true });
  const told = await rewardsOf(stage, shop, member);
  expect(told.items).toMatchObject([
    { available_on: '2027-01-04', provisional: true },
    { available_on: '2027-01-04', provisional: true },
  ]);
  // As if it had been counted before anything was known of New Year's Day.
  await asOwner(
    stage.db.url,
    "update rewards.reward set due_on = '2027-01-01' where org_id = $1 and pool is null",
    [shop.org],
  );
  await asOwner(stage.db.url, "update rewards.pool set due_on = '2027-01-01' where org_id = $1", [
    shop.org,
  ]);
  const zoneOf = async () => 'Asia/Shanghai';
  expect(await recountArrivals(stage.db, zoneOf, '2026-12-31')).toBe(2);
  expect(await recountArrivals(stage.db, zoneOf, '2026-12-31')).toBe(0);
  expect((await timersOf(shop.org)).map(({ due_at }) => due_at)).toEqual([
    at('2027-01-04 00:00'),
    at('2027-01-04 00:00'),
  ]);
  await until(stage, shop, '2027-01-03 23:59');
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [600, 0] });
  await until(stage, shop, '2027-01-04 00:00');
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 600] });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('two processes that carry out the same timers move everything once', async () => {
  const { shop, member } = await opened('2026-03-10', TOMORROW, { ...QUIET, code: 'quiet' });
  const others = await Promise.all(
    Array.from({ length: 20 }, () => stage.member(shop, String(++phones))),
  );
  for (const each of [member, ...others]) await sellCups(stage, shop, each, 1);
  const second = await stage.another();
  const timers = await timersOf(shop.org);
  await stage.clock(shop.org, at('2026-03-12 00:00'));
  await second.app.clocks.refresh();
  const apps = [stage.app, second.app];
  await Promise.all(
    apps.flatMap((app) => timers.map((row) => fire(app, row, at('2026-03-12 00:00')))),
  );
  await second.close();
  expect(await arrivals(shop.org)).toEqual(Array(42).fill(300));
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 600] });
  await until(stage, shop, '2026-03-12 00:01');
  expect(await arrivals(shop.org)).toHaveLength(42);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a process that dies between its postings and the end of its timer leaves nothing to do twice', async () => {
  const { shop, member } = await opened('2026-03-10', TOMORROW);
  await sellCups(stage, shop, member, 2);
  const [timer] = await timersOf(shop.org);
  await fire(stage.app, timer as TimerRow, at('2026-03-11 00:00'));
  expect((await timersOf(shop.org)).map(({ timer_id }) => timer_id)).toEqual([timer?.timer_id]);
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 600] });
  await until(stage, shop, '2026-03-11 00:00');
  expect(await timersOf(shop.org)).toEqual([]);
  expect(await arrivals(shop.org)).toEqual([600]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a sale that arrives with the very moment of arrival is not left behind', async () => {
  const { shop, member } = await opened('2026-03-10', TOMORROW);
  await sellCups(stage, shop, member, 1);
  const [timer] = await timersOf(shop.org);
  await fire(stage.app, timer as TimerRow, at('2026-03-11 00:00'));
  await sellCups(stage, shop, member, 1);
  const again = await timersOf(shop.org);
  expect(again.map(({ timer_id }) => timer_id)).not.toContain(timer?.timer_id);
  await until(stage, shop, '2026-03-11 00:00');
  expect(await arrivals(shop.org)).toEqual([300, 300]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a timer that rings too early sets itself again', async () => {
  const { shop, member } = await opened('2026-03-10', TOMORROW, { ...MONTHLY, code: 'month' });
  await sellCups(stage, shop, member, 1);
  for (const timer of await timersOf(shop.org))
    await fire(stage.app, timer, at('2026-03-10 12:00'));
  expect((await timersOf(shop.org)).map(({ kind, due_at }) => [kind, due_at])).toEqual([
    [ARRIVAL_TIMER, at('2026-03-11 00:00')],
    [POOL_TIMER, at('2026-04-01 00:00')],
  ]);
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [600, 0] });
});

test('two processes sell and refund in the same pools while what waits there is on the move', async () => {
  const few = { type: 'cumulative', window: { type: 'day' }, reach: { count: 3 } };
  const { shop, member } = await opened(
    '2026-03-10',
    TOMORROW,
    { ...QUIET, code: 'quiet' },
    offerOf(few, 'few'),
  );
  const members = [
    member,
    ...(await Promise.all([1, 2].map(() => stage.member(shop, String(++phones))))),
  ];
  const second = await stage.another();
  await second.app.clocks.refresh();
  const tills = [stage, second] as const;
  const sell = async (index: number) => {
    const till = tills[index % 2] as (typeof tills)[number];
    const sale = await till.send(shop.token, 'POST', '/v1/payments', {
      store: shop.storeId,
      lines: [{ sku: 'CUP-1', quantity: 2 }],
      member: { member_id: members[index % 3] },
      tenders: [{ kind: 'cash' }],
    });
    expect(sale.statusCode, sale.body).toBe(201);
    if (index % 4 > 1) return;
    const back = await (tills[(index + 1) % 2] as (typeof tills)[number]).send(
      shop.token,
      'POST',
      '/v1/refunds',
      {
        payment: sale.json().payment_id,
        ...(index % 4 && { lines: [{ line: 0, quantity: 1 }] }),
        reason: 'unwanted',
      },
    );
    expect(back.statusCode, back.body).toBe(201);
  };
  const moving = async (index: number) => {
    for (const row of await timersOf(shop.org))
      await fire((tills[index % 2] as (typeof tills)[number]).app, row, at('2026-03-13 00:00'));
  };
  await Promise.all(
    Array.from({ length: 90 }, (_, index) => (index % 15 === 14 ? moving(index) : sell(index))),
  );
  await second.close();
  await until(stage, shop, '2026-03-14 00:00');
  for (const each of members)
    expect(await standing(stage, shop, each)).toMatchObject({ cashback: [0, expect.any(Number)] });
  expect(await broken(stage, [shop.org])).toEqual({});
});

const invariants = () =>
  rewardsInvariants((org) => ({ now: stage.app.clocks.now(org), zone: 'Asia/Shanghai' }));

async function found(orgs: readonly number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { id, breaches } of invariants()) {
    const rows = await stage.db.transact(orgs, (tx) => breaches(tx, orgs));
    if (rows.length > 0) ids.push(id);
  }
  return ids;
}

/** A shop with something waiting for a day, in a quiet pool and in a month, and a member that has grown. */
async function waiting(): Promise<Shop> {
  const { shop, member } = await opened(
    '2026-03-10',
    TOMORROW,
    { ...QUIET, code: 'quiet' },
    { ...MONTHLY, code: 'month' },
    { ...base, code: 'grow', benefits: [{ kind: 'growth', earn: { by: 'fixed', amount: 7 } }] },
  );
  await sellCups(stage, shop, member, 1);
  return shop;
}

test.each([
  [
    'rewards.waiting',
    "update ledger.account set posted = posted + 1 where org_id = $1 and code = '2030'",
  ],
  [
    'rewards.waiting',
    "update rewards.reward set amount = amount + 1 where org_id = $1 and state = 'pending' and pool is null",
  ],
  [
    'rewards.paid',
    `update rewards.reward set paid = '[{"party":"merchant","amount":1}]' where org_id = $1 and pool is null and state = 'pending'`,
  ],
  ['rewards.timers', "delete from platform.timer where org_id = $1 and kind = 'rewards.arrive'"],
  [
    'rewards.timers',
    "delete from platform.timer where org_id = $1 and kind = 'rewards.pool' and dedupe like '%month%'",
  ],
  [
    'rewards.timers',
    "delete from platform.timer where org_id = $1 and kind = 'rewards.pool' and dedupe not like '%month%'",
  ],
  ['rewards.timers', "update rewards.pool set state = 'over' where org_id = $1 and kind = 'quiet'"],
  ['rewards.timers', 'delete from rewards.pool where org_id = $1'],
  [
    'rewards.due',
    "update rewards.reward set due_on = '2026-03-10' where org_id = $1 and due_on is not null",
  ],
  [
    'rewards.due',
    "update rewards.pool set due_on = '2026-03-10' where org_id = $1 and kind = 'quiet'",
  ],
  [
    'rewards.due',
    "update rewards.reward set until = '2026-03-09' where org_id = $1 and until is not null",
  ],
  [
    'rewards.due',
    "update rewards.pool set state = 'arriving', changed_at = changed_at - interval '61 s' where org_id = $1 and kind = 'reached'",
  ],
  ['rewards.growth', 'update members.member set growth = growth + 1 where org_id = $1'],
  [
    'rewards.growth',
    "update rewards.reward set amount = amount + 1 where org_id = $1 and kind = 'growth'",
  ],
])('%s finds: %s', async (id, sql) => {
  const { org } = await waiting();
  expect(await found([org])).toEqual([]);
  await asOwner(stage.db.url, sql, [org]);
  expect(await found([org])).toContain(id);
});

test('nothing is moved that the books do not hold', async () => {
  const { shop, member } = await opened('2026-03-10', TOMORROW);
  await sellCups(stage, shop, member, 1);
  await asOwner(
    stage.db.url,
    'update ledger.account set posted = 0 where org_id = $1 and account_id = $2',
    [shop.org, account('2030', member).id.toString()],
  );
  const [timer] = await timersOf(shop.org);
  await expect(fire(stage.app, timer as TimerRow, at('2026-03-11 00:00'))).rejects.toThrow(
    'rewards could not be moved: refused',
  );
  expect(await arrivals(shop.org)).toEqual([]);
});
