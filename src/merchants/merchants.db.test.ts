import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx, Principal } from '#platform/context';
import { current } from '#platform/snapshot';
import {
  allOrgs,
  closeStore,
  createOrg,
  createStore,
  knownOrgs,
  listOrgs,
  listStores,
  orgByCode,
  orgSnapshots,
  renameStore,
  resumeOrg,
  suspendOrg,
} from './index.ts';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';

const OPERATOR = 1;
const TEA = 11;
const BOOKS = 12;
const name = (en: string) => ({ zh: '名称', en });

let db: FreshDatabase;

function principal(org: number, change: Partial<Principal> = {}): Principal {
  const scopes = new Set<string>();
  return { kind: 'staff', id: 'wang', name: 'Wang', org, scopes, stores: 'all', ...change };
}

function as(org: number, who = principal(org)): Ctx {
  const now = new Date('2026-11-21T02:00:00Z');
  return { org, principal: who, now, requestId: 'req_1', locale: 'zh' };
}

const setUp = as(OPERATOR, principal(OPERATOR, { kind: 'system' }));

beforeAll(async () => {
  db = await freshDatabase();
  const operator = { code: 'operator', name: name('Operator'), kind: 'operator' } as const;
  await createOrg(db, setUp, { ...operator, id: OPERATOR });
  for (const [id, code] of [
    [TEA, 'tea-house'],
    [BOOKS, 'book-shop'],
  ] as const) {
    await createOrg(db, setUp, { id, code, name: name(code), kind: 'merchant', sandbox: true });
  }
  await createStore(db, as(TEA), { code: 'north-gate', name: name('North Gate') });
});
afterAll(() => db?.drop());

test('an org stands in the register with its defaults, under the operator', async () => {
  expect(await orgByCode(db, 'tea-house')).toEqual({
    id: TEA,
    code: 'tea-house',
    name: name('tea-house'),
    kind: 'merchant',
    parentId: OPERATOR,
    zone: 'Asia/Shanghai',
    currency: 'CNY',
    sandbox: true,
    status: 'active',
    mcc: null,
    createdAt: new Date('2026-11-21T02:00:00Z'),
  });
  expect(await orgByCode(db, 'nobody')).toBeUndefined();
  expect(await knownOrgs(db, [TEA, 999])).toEqual(new Set([TEA]));
});

test('numbers stay unique under 20 concurrent creates', async () => {
  const wanted = Array.from({ length: 20 }, (_, index) => `rush-${index}`);
  const made = await Promise.all(
    wanted.map((code) => createOrg(db, as(OPERATOR), { code, name: name(code), kind: 'merchant' })),
  );
  const numbers = made.map((org) => org.id).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => BOOKS + 1 + index));
});

test('of 10 concurrent creates with one code one succeeds', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () =>
      createOrg(db, as(OPERATOR), { code: 'one-only', name: name('One'), kind: 'brand' }),
    ),
  );
  const refused = results.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(9);
  for (const each of refused)
    expect(each).toMatchObject({ reason: { refusal: { code: 'org_code_taken' } } });
});

const merchant = { name: name('X'), kind: 'merchant' } as const;
const asked = { limit: 10 };

test.each<[string, string, () => Promise<unknown>]>([
  // what is asked                   refusal               how
  [
    'a code twice',
    'org_code_taken',
    () => createOrg(db, setUp, { ...merchant, code: 'tea-house' }),
  ],
  [
    'a number twice',
    'org_number_taken',
    () => createOrg(db, setUp, { ...merchant, code: 'x', id: TEA }),
  ],
  [
    'a parent that is not there',
    'org_parent_unknown',
    () => createOrg(db, setUp, { ...merchant, code: 'x', parentId: 999 }),
  ],
  [
    'an org by a merchant',
    'operator_only',
    () => createOrg(db, as(TEA), { ...merchant, code: 'x' }),
  ],
  [
    'an operator by an operator',
    'operator_only',
    () => createOrg(db, as(OPERATOR), { ...merchant, code: 'x', kind: 'operator' }),
  ],
  ['the register by a merchant', 'operator_only', () => listOrgs(db, as(TEA), asked)],
  [
    'the register by nobody',
    'operator_only',
    () => listOrgs(db, as(0, principal(0, { kind: 'system', id: 'nobody' })), asked),
  ],
  ['suspending by a merchant', 'operator_only', () => suspendOrg(db, as(TEA), BOOKS)],
  ['suspending what is not there', 'org_unknown', () => suspendOrg(db, as(OPERATOR), 999)],
  [
    'a store code twice',
    'store_code_taken',
    () => createStore(db, as(TEA), { code: 'north-gate', name: name('X') }),
  ],
  [
    'a store of no org',
    'org_unknown',
    () => createStore(db, as(999), { code: 'x', name: name('X') }),
  ],
  [
    'a store by who has few',
    'stores_not_all_yours',
    () =>
      createStore(db, as(TEA, principal(TEA, { stores: new Set() })), {
        code: 'x',
        name: name('X'),
      }),
  ],
  ['facts of no org', 'org_unknown', () => orgSnapshots(db).get(999)],
])('%s is refused: %s', async (_what, code, how) => {
  await expect(how()).rejects.toMatchObject({ refusal: { code } });
});

test("another org's store is neither seen nor changed", async () => {
  const [north] = await listStores(db, as(TEA), asked);
  expect(north?.code).toBe('north-gate');
  expect(await listStores(db, as(BOOKS), asked)).toEqual([]);
  for (const change of [
    () => closeStore(db, as(BOOKS), north?.id as string),
    () => renameStore(db, as(BOOKS), north?.id as string, name('Mine')),
    () => closeStore(db, as(TEA, principal(TEA, { stores: new Set() })), north?.id as string),
  ])
    await expect(change()).rejects.toMatchObject({ refusal: { code: 'store_unknown' } });
  const unwalled = () => db.read([BOOKS], (tx) => tx.query('select code from merchants.store'));
  expect(await unwalled()).toEqual([]);
  const planted = db.transact([BOOKS], (tx) =>
    tx.execute(
      `insert into merchants.store (org_id, store_id, code, name_zh, name_en)
       values ($1, gen_random_uuid(), 'x', 'x', 'x')`,
      [TEA],
    ),
  );
  await expect(planted).rejects.toThrow('row-level security');
});

test('a store lives: opened, renamed, closed for good; each step moves the snapshot and is audited', async () => {
  const facts = orgSnapshots(db);
  const before = await current(db, facts, BOOKS);
  expect(before.value.stores.size).toBe(0);
  const place = { lat: 31.23, lng: 121.47 };
  const store = await createStore(db, as(BOOKS), { code: 'main', name: name('Main'), place });
  const opened = await current(db, facts, BOOKS);
  expect(opened.version).toBe(before.version + 1);
  expect(opened.value.storeByCode.get('main')).toEqual({ ...store, address: '', place });
  await renameStore(db, as(BOOKS), store.id, name('Main Street'));
  await closeStore(db, as(BOOKS), store.id);
  await closeStore(db, as(BOOKS), store.id);
  const closed = await current(db, facts, BOOKS);
  expect(closed.version).toBe(before.version + 3);
  const now = { ...store, name: name('Main Street'), status: 'closed' };
  expect(closed.value.stores.get(store.id)).toEqual(now);
  await expect(renameStore(db, as(BOOKS), store.id, name('X'))).rejects.toMatchObject({
    refusal: { code: 'store_closed' },
  });
  const trail = await asOwner(
    db.url,
    'select verb, principal from platform.audit where org_id = $1 order by audit_id',
    [BOOKS],
  );
  expect(trail).toEqual(
    ['merchants.create-store', 'merchants.rename-store', 'merchants.close-store'].map((verb) => ({
      verb,
      principal: 'staff:wang',
    })),
  );
});

test('a principal bound to some stores sees those', async () => {
  const second = await createStore(db, as(TEA), { code: 'south-gate', name: name('South Gate') });
  const bound = as(TEA, principal(TEA, { stores: new Set([second.id]) }));
  expect((await listStores(db, bound, asked)).map((store) => store.code)).toEqual(['south-gate']);
  const behind = await listStores(db, as(TEA), { limit: 1, after: 'north-gate' });
  expect(behind.map((store) => store.code)).toEqual(['south-gate']);
});

test('a suspended org opens no store until it is resumed', async () => {
  const facts = orgSnapshots(db);
  const before = await current(db, facts, TEA);
  await suspendOrg(db, as(OPERATOR), TEA);
  const suspended = await current(db, facts, TEA);
  expect(suspended.version).toBe(before.version + 1);
  expect(suspended.value.org.status).toBe('suspended');
  const open = () => createStore(db, as(TEA), { code: 'late', name: name('Late') });
  await expect(open()).rejects.toMatchObject({ refusal: { code: 'org_suspended' } });
  await resumeOrg(db, as(OPERATOR), TEA);
  expect((await open()).status).toBe('active');
});

test('the operator pages through the register; maintenance sees all of it', async () => {
  const all = await allOrgs(db);
  expect(await listOrgs(db, as(OPERATOR), { limit: 500 })).toEqual(all);
  const next = await listOrgs(db, as(OPERATOR), { limit: 1, after: TEA, kind: 'merchant' });
  expect(next.map((org) => org.id)).toEqual([BOOKS]);
});

test.each([
  ['prc', 'Asia/Shanghai'],
  ['Europe/London', 'Europe/London'],
  ['+08:00', undefined],
  ['Mars/Base', undefined],
])('zone %s is taken as %s', async (zone, taken) => {
  const code = `z${zone.toLowerCase().replaceAll(/[^a-z]/g, '')}`;
  const made = createOrg(db, setUp, { ...merchant, code, zone });
  if (taken) expect((await made).zone).toBe(taken);
  else await expect(made).rejects.toThrow(RangeError);
});
