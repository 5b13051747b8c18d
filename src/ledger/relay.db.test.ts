import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { realNow } from '#platform/clock';
import { openRecorder, type Recorder } from '#platform/record/record';
import { asOwner, type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { account, type AccountRef } from './account.ts';
import { balanceOf } from './balances.ts';
import { ledgerInvariants } from './breaches.ts';
import { expirePoints } from './expire-points.ts';
import { fundBudget } from './fund-budget.ts';
import { journal, post } from './intents.fixture.ts';
import type { PeerJournal } from './journal.ts';
import { leaseBudget, leaseNow, returnLease } from './lease.ts';
import { peerIntent } from './post-peer.ts';
import { openRelay, type Relay } from './relay.ts';

let db: FreshDatabase;
let recorder: Recorder;
let relay: Relay;
let shop = 200;
let brand = 300;

beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db);
  relay = openRelay({ db, recorder });
});
beforeEach(() => {
  shop++;
  brand++;
});
afterAll(async () => {
  await relay.close();
  await recorder.close();
  await db.drop();
});

const posted = async (org: number, ref: AccountRef) =>
  (await db.read([org], (tx) => balanceOf(tx, org, ref))).posted;
const stamp = (key = newId()) => ({
  key,
  actor: 'system:test',
  occurredAt: realNow(),
  valueDate: '2026-06-01',
  source: newId(),
});
const wallet = account('2210', 'm1');
const issued = account('1430', 'p1');

/** Grants points of the brand's programme in the shop's book. */
function grant(source: string, points: number, expiresOn: string | null = null) {
  const send: PeerJournal = {
    xferId: newId(),
    org: brand,
    kind: 'reward',
    source,
    legs: [
      { code: '1911', owner: String(shop), amount: points },
      { code: '2210', owner: 'm1', amount: -points },
      { code: '5040', owner: 'p1', amount: points },
      { code: '2211', owner: 'p1', amount: -points },
    ],
    grants: [
      { code: '2210', owner: 'm1', lotId: newId(), amount: points, valuePpm: 1_000_000, expiresOn },
    ],
  };
  const legs = [
    { account: issued, amount: points },
    { account: account('2911', brand), amount: -points },
  ];
  return { send, posting: journal(legs, { source, sends: [send] }) };
}

function back(source: string, points: number, cashback = 0) {
  const takeBack = { source, member: 'm1', programme: 'p1', points, cashback };
  const send: PeerJournal = {
    xferId: newId(),
    org: brand,
    kind: 'reward.back',
    source,
    legs: [],
    takeBack,
  };
  const legs = [
    { account: issued, amount: -points },
    { account: account('2911', brand), amount: points },
  ];
  return { send, posting: journal(legs, { source, sends: [send] }) };
}

const lots = () =>
  db.read([brand], (tx) =>
    tx.query(
      'select remaining, reversed, used, expired from ledger.lot where org_id = $1 order by lot_id',
      [brand],
    ),
  );
const states = (org: number) =>
  db.read([org], (tx) =>
    tx.query<{ state: string }>("select state from ledger.xfer where org_id = $1 and dir = 'out'", [
      org,
    ]),
  );

test("what a shop grants stands in the brand's book within moments of the commit", async () => {
  await post(recorder, shop, [grant(newId(), 100).posting]);
  await expect.poll(() => posted(brand, wallet), { timeout: 900 }).toBe(100);
  expect(await posted(brand, account('1911', shop))).toBe(100);
  expect(await posted(shop, account('2911', brand))).toBe(100);
});

test('killed between posting and marking, the relay posts nothing twice', async () => {
  await relay.close();
  const { send, posting } = grant(newId(), 100);
  await post(recorder, shop, [posting]);
  await recorder.record(
    peerIntent({
      org: shop,
      xferId: send.xferId,
      peer: send,
      occurredAt: realNow(),
      valueDate: '2026-06-01',
    }),
  );
  expect(await states(shop)).toEqual([{ state: 'sent' }]);
  relay = openRelay({ db, recorder });
  await relay.settle();
  expect(await states(shop)).toEqual([{ state: 'posted' }]);
  expect(await posted(brand, wallet)).toBe(100);
});

test('an answer forgotten after thirty days does not post a second time either', async () => {
  await post(recorder, shop, [grant(newId(), 100).posting]);
  await relay.settle();
  await asOwner(db.url, `delete from platform.idem where org_id = ${brand}`);
  await asOwner(db.url, `update ledger.xfer set state = 'sent' where org_id = ${shop}`);
  await relay.settle();
  expect(await states(shop)).toEqual([{ state: 'posted' }]);
  expect(await posted(brand, wallet)).toBe(100);
});

test('two relays at work post everything once, grants before what takes them back', async () => {
  const second = openRelay({ db, recorder });
  const sources = Array.from({ length: 30 }, newId);
  for (const source of sources) {
    const sent = [grant(source, 10), back(source, 4)];
    await Promise.all(sent.map(({ posting }) => post(recorder, shop, [posting])));
  }
  await Promise.all([relay.settle(), second.settle()]);
  await second.close();
  expect(await posted(brand, wallet)).toBe(180);
  expect(await posted(brand, account('1231', 'm1'))).toBe(0);
  expect(await posted(brand, account('2211', 'p1'))).toBe(180);
});

test.each([
  // spent before the refund, taken from the payment's lot, from the other lot, owed
  [0, 100, 0, 0],
  [60, 40, 50, 10],
])('points taken back after %i were spent', async (spent, fromOwn, fromOther, debt) => {
  const source = newId();
  await post(recorder, shop, [grant(source, 100, '2026-12-31').posting]);
  await relay.settle();
  const [own] = await asOwner<{ lot_id: string }>(
    db.url,
    `select lot_id from ledger.lot where org_id = ${brand}`,
  );
  const redeem = journal(
    [
      { account: wallet, amount: spent },
      { account: issued, amount: -spent },
    ],
    {
      lotUses: [{ account: wallet, lotId: own?.lot_id ?? '', amount: spent, why: 'used' }],
    },
  );
  if (spent > 0) await post(recorder, brand, [redeem]);
  if (fromOther > 0) await post(recorder, shop, [grant(newId(), fromOther, '2027-12-31').posting]);
  await post(recorder, shop, [back(source, 100).posting]);
  await relay.settle();
  expect(await posted(brand, wallet)).toBe(0);
  expect(await posted(brand, account('1231', 'm1'))).toBe(debt);
  expect((await lots())[0]).toMatchObject({ remaining: 0, reversed: 100 });
  expect(fromOwn + fromOther + debt).toBe(100);
});

test("a peer's journal that cannot be posted is tried again and keeps what went wrong", async () => {
  const bad = grant(newId(), 5);
  const broken = { ...bad.send, legs: bad.send.legs.slice(0, 1) };
  await post(recorder, shop, [{ ...bad.posting, sends: [broken] }]);
  await relay.settle();
  const [row] = await asOwner<{ attempts: number; last_error: string }>(
    db.url,
    `select attempts, last_error from ledger.xfer where org_id = ${shop}`,
  );
  expect(row).toMatchObject({ attempts: 1, last_error: expect.stringContaining('2 to 64 legs') });
});

test('a budget is leased in parts until nothing is left, and what is unused comes home', async () => {
  const budget = newId();
  const ask = (amount: number) => ({
    ...stamp(),
    funderOrg: brand,
    borrowerOrg: shop,
    budget,
    amount,
  });
  await fundBudget(recorder, { ...stamp(), org: brand, budget, amount: 1000, total: 1000 });
  expect((await leaseNow(recorder, relay, ask(600))).amount).toBe(600);
  expect(await posted(shop, account('2610', budget))).toBe(600);
  expect((await leaseNow(recorder, relay, ask(600))).amount).toBe(400);
  await expect(leaseBudget(recorder, ask(1))).rejects.toMatchObject({
    refusal: { code: 'budget_exhausted' },
  });
  expect((await returnLease(recorder, ask(300))).amount).toBe(300);
  await relay.settle();
  expect(await posted(brand, account('2600', budget))).toBe(300);
  expect(await posted(brand, account('2910', shop))).toBe(700);
  const leases = await db.read([brand], (tx) =>
    tx.query('select granted, returned from ledger.lease where org_id = $1', [brand]),
  );
  expect(leases).toEqual([{ granted: 1000, returned: 300 }]);
});

test('fifty shops that lease at once get the whole budget and not a fen more', async () => {
  const budget = newId();
  await fundBudget(recorder, { ...stamp(), org: brand, budget, amount: 1000, total: 1000 });
  const asks = Array.from({ length: 50 }, (_, n) =>
    leaseBudget(recorder, {
      ...stamp(),
      funderOrg: brand,
      borrowerOrg: 9000 + n,
      budget,
      amount: 30,
    }).catch(() => ({ amount: 0 })),
  );
  const granted = (await Promise.all(asks)).map(({ amount }) => amount);
  expect(granted.reduce((sum, amount) => sum + amount, 0)).toBe(1000);
  await relay.settle();
});

test('points expire the day after their last day, with their provision', async () => {
  await post(recorder, shop, [
    grant(newId(), 70, '2026-06-30').posting,
    grant(newId(), 30, '2026-07-01').posting,
  ]);
  await relay.settle();
  const expiry = {
    db,
    recorder,
    zoneOf: () => 'Asia/Shanghai',
    programmesOf: async () => new Map([['m1', 'p1']]),
  };
  expect(await expirePoints(expiry, brand, realNow(), '2026-06-30')).toBe(0);
  expect(await expirePoints(expiry, brand, realNow(), '2026-07-01')).toBe(70);
  expect(await expirePoints(expiry, brand, realNow(), '2026-07-01')).toBe(0);
  expect(await posted(brand, wallet)).toBe(30);
  expect(await posted(brand, account('2211', 'p1'))).toBe(30);
  expect(await posted(brand, account('4040', 'p1'))).toBe(70);
  expect((await posted(brand, issued)) + (await posted(shop, issued))).toBe(30);
});

test.each([
  // spent before the rest expired, then taken back in two steps
  [0, 60, 40],
  [30, 50, 50],
  [100, 100, 0],
])(
  'points taken back after %i were spent and the rest expired: nothing waits behind it',
  async (spent, ...steps) => {
    const source = newId();
    await post(recorder, shop, [grant(source, 100, '2026-06-30').posting]);
    await relay.settle();
    const [own] = await asOwner<{ lot_id: string }>(
      db.url,
      `select lot_id from ledger.lot where org_id = ${brand}`,
    );
    if (spent > 0) {
      const legs = [
        { account: wallet, amount: spent },
        { account: issued, amount: -spent },
        { account: account('2211', 'p1'), amount: spent },
        { account: account('5040', 'p1'), amount: -spent },
      ];
      const lotUses = [
        { account: wallet, lotId: own?.lot_id ?? '', amount: spent, why: 'used' as const },
      ];
      await post(recorder, brand, [journal(legs, { lotUses })]);
    }
    const programmesOf = async () => new Map([['m1', 'p1']]);
    const expiry = { db, recorder, zoneOf: () => 'Asia/Shanghai', programmesOf };
    expect(await expirePoints(expiry, brand, realNow(), '2026-07-01')).toBe(100 - spent);
    for (const points of steps.filter((each) => each > 0))
      await post(recorder, shop, [back(source, points).posting]);
    await post(recorder, shop, [grant(newId(), 7).posting]);
    await relay.settle();
    expect(await states(shop)).not.toContainEqual({ state: 'sent' });
    expect(await posted(brand, account('1911', shop))).toBe(7);
    expect(await posted(brand, account('1231', 'm1'))).toBe(spent);
    expect((await lots())[0]).toMatchObject({ remaining: 0, reversed: 100 });
    const found = await db.transact([shop, brand], async (tx) => {
      const broken: string[] = [];
      for (const { id, breaches } of ledgerInvariants(() => '2026-07-01'))
        if ((await breaches(tx, [shop, brand])).length > 0) broken.push(id);
      return broken;
    });
    expect(found).toEqual([]);
  },
);
