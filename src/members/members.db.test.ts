import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal';
import { current } from '#platform/snapshot';
import { asOwner } from '../../test/database.ts';
import {
  changeMember,
  closeMember,
  createProgramme,
  enrolStore,
  eraseMember,
  findMember,
  getMember,
  inviteMerchant,
  joinMember,
  listMembers,
  listProgrammes,
  membersByPhone,
  setLabels,
  setTier,
} from './index.ts';
import {
  BRAND,
  CORNER,
  ctxOf,
  LANTING,
  openStage,
  OPERATOR,
  type Stage,
  tablesHolding,
} from '../../test/members-stage.ts';

let stage: Stage;
beforeAll(async () => void (stage = await openStage()));
afterAll(() => stage?.db.drop());

const clear = (org: number) => ctxOf(org, { scopes: new Set(['member.phone']) });
const join = (phone: string, more: { name?: string; programmeId?: string } = {}) =>
  joinMember(stage.room, ctxOf(LANTING), { phone, storeId: stage.lanting.store, ...more });
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'carried out',
    (error: unknown) => (error instanceof Refused ? error.refusal.code : Promise.reject(error)),
  );

test('one phone number, joined by 20 requests at once and typed in two ways, is one member', async () => {
  const ways = ['13800000001', '+86 138-0000-0001'];
  const joined = await Promise.all(
    Array.from({ length: 20 }, (_, index) => join(ways[index % 2] as string)),
  );
  expect(new Set(joined.map(({ member }) => member.member_id)).size).toBe(1);
  expect(joined.filter(({ created }) => created)).toHaveLength(1);
  const audits = await asOwner(
    stage.db.url,
    `select 1 from platform.audit where verb = 'members.join-member' and subject = $1`,
    [`member:${joined[0]?.member.member_id}`],
  );
  expect(audits).toHaveLength(1);
});

test('a joined member begins on the first tier, on the business day of the store', async () => {
  const { member } = await join('13800000002', { name: '张三' });
  expect(member).toMatchObject({
    owner_org: LANTING,
    programme_id: stage.lanting.programme,
    tier: 'ordinary',
    labels: [],
    status: 'active',
    phone: '138****0002',
    name: '张*',
    joined_day: '2026-11-21',
    joined_store: stage.lanting.store,
  });
  const seen = await getMember(stage.room, clear(LANTING), member.member_id);
  expect(seen).toMatchObject({ phone: '+8613800000002', name: '张三' });
});

test('the same number in two programmes of one owner is two members', async () => {
  const { db, room } = stage;
  const ctx = ctxOf(LANTING);
  const wanted = { code: 'vip', name: { zh: '贵宾', en: 'VIP' }, pointValuePpm: 1_000_000 };
  const { programmeId } = await db.transact([LANTING], (tx) => createProgramme(tx, ctx, wanted));
  const first = await join('13800000003');
  const second = await joinMember(room, ctx, { phone: '13800000003', storeId: null, programmeId });
  expect(second.created).toBe(true);
  expect(second.member.member_id).not.toBe(first.member.member_id);
  const blinds = await asOwner(
    db.url,
    `insert into members.member select (jsonb_populate_record(m, jsonb_build_object('member_id', gen_random_uuid()))).*
       from members.member m where member_id = $1`,
    [first.member.member_id],
  ).catch((error: { code: string }) => error.code);
  expect(blinds).toBe('23505');
});

test("a brand's programme in an independent merchant's store: joined and found there, held by the brand", async () => {
  const { room, corner, brand } = stage;
  const cornerCtx = ctxOf(CORNER);
  const before = await room.programmes.get(CORNER);
  expect(
    await refused(findMember(room, CORNER, { storeId: corner.store, phone: '13800000004' })),
  ).toBe('programme_not_served');
  const enrolment = { programmeId: brand.programme, ownerOrg: BRAND, storeId: corner.store };
  expect(await refused(enrolStore(room, cornerCtx, enrolment))).toBe('programme_owner_only');
  const invitation = { programmeId: brand.programme, merchantOrg: CORNER };
  await stage.db.transact([BRAND], (tx) => inviteMerchant(tx, ctxOf(BRAND), invitation));
  await enrolStore(room, cornerCtx, enrolment);
  const after = await current(stage.db, room.programmes, CORNER);
  expect(after.version).toBe(before.version + 1);
  expect(after.value.byStore.get(corner.store)).toMatchObject([
    { programmeId: brand.programme, ownerOrg: BRAND, pointValuePpm: 500_000, name: { en: 'club' } },
  ]);
  const { member } = await joinMember(room, cornerCtx, {
    phone: '13800000004',
    storeId: corner.store,
  });
  expect(member).toMatchObject({ owner_org: BRAND, joined_org: CORNER });
  const found = {
    memberId: member.member_id,
    ownerOrg: BRAND,
    tier: 'ordinary',
    joinedDay: '2026-11-21',
  };
  const sought = { storeId: corner.store };
  expect(await findMember(room, CORNER, { ...sought, phone: '13800000004' })).toMatchObject(found);
  expect(await findMember(room, CORNER, { ...sought, memberId: member.member_id })).toMatchObject(
    found,
  );
  expect(await getMember(room, cornerCtx, member.member_id)).toMatchObject({
    phone: '138****0004',
  });
  expect(await membersByPhone(room, cornerCtx, '13800000004', {})).toHaveLength(1);
  const [programme] = (await listProgrammes(room, cornerCtx, { limit: 50 })).items;
  expect(programme).toMatchObject({
    ownerOrg: BRAND,
    stores: [{ storeId: corner.store, priority: 0 }],
  });
});

test('another org sees nothing of a member: not by id, not by phone, not past the verbs', async () => {
  const { db, room } = stage;
  const { member } = await join('13800000005');
  expect(await refused(getMember(room, ctxOf(BRAND), member.member_id))).toBe('member_unknown');
  expect(await membersByPhone(room, ctxOf(BRAND), '13800000005', {})).toEqual([]);
  const change = db.transact([BRAND], (tx) =>
    setTier(room, tx, ctxOf(BRAND), member.member_id, 'gold'),
  );
  expect(await refused(change)).toBe('member_unknown');
  const rows = await db.read([BRAND], (tx) =>
    tx.query('select 1 from members.member where org_id = $1', [LANTING]),
  );
  expect(rows).toEqual([]);
  const update = db.transact([BRAND], (tx) =>
    tx.execute(`update members.member set tier = 'gold' where org_id = $1`, [LANTING]),
  );
  expect(await update).toBe(0);
});

test('a look-up is fresh: a change is seen by the next one, and many at once are answered each its own', async () => {
  const { db, room, lanting } = stage;
  const phones = Array.from({ length: 30 }, (_, index) => `139000000${String(10 + index)}`);
  const joined = await Promise.all(phones.map((phone) => join(phone)));
  const find = (phone: string) => findMember(room, LANTING, { storeId: lanting.store, phone });
  const found = await Promise.all([...phones.map(find), find('13999999999')]);
  expect(found.map((each) => each?.memberId)).toEqual([
    ...joined.map(({ member }) => member.member_id),
    undefined,
  ]);
  const id = joined[0]?.member.member_id as string;
  await db.transact([LANTING], async (tx) => {
    await setTier(room, tx, ctxOf(LANTING), id, 'gold');
    await setLabels(room, tx, ctxOf(LANTING), id, ['loyal', 'loyal', '常客']);
  });
  expect(await find(phones[0] as string)).toMatchObject({
    tier: 'gold',
    labels: ['loyal', '常客'],
  });
  await db.transact([LANTING], (tx) => closeMember(room, tx, ctxOf(LANTING), id));
  expect(await find(phones[0] as string)).toMatchObject({ status: 'closed' });
  expect(await refused(join(phones[0] as string))).toBe('member_closed');
  await db.transact([LANTING], (tx) =>
    changeMember(room, tx, ctxOf(LANTING), id, { status: 'active' }),
  );
  expect((await join(phones[0] as string)).member.member_id).toBe(id);
});

test('a list pages through the members of one programme without a gap', async () => {
  const asked = { programmeId: stage.lanting.programme, limit: 7 };
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listMembers(stage.room, ctxOf(LANTING), { ...asked, cursor });
    seen.push(...page.items.map(({ member_id }) => member_id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  const [row] = await asOwner<{ n: number }>(
    stage.db.url,
    'select count(*)::int n from members.member where programme_id = $1',
    [stage.lanting.programme],
  );
  expect(seen).toHaveLength(row?.n ?? 0);
  expect(seen).toEqual([...new Set(seen)].toSorted());
});

test('an erased member has no personal data left in any table; the id stays and the number may join anew', async () => {
  const { db, room, lanting } = stage;
  const { member } = await join('13877776666', { name: '欧阳娜娜' });
  const erase = () =>
    db.transact([LANTING], (tx) => eraseMember(tx, ctxOf(LANTING), member.member_id));
  const blind = room.vault.blind(LANTING, '+8613877776666').toString('hex');
  expect(await tablesHolding(db.url, [blind])).toEqual(['members.member']);
  await erase();
  await erase();
  expect(await tablesHolding(db.url, ['13877776666', '77776666', '****6666', '欧阳'])).toEqual([]);
  expect(await tablesHolding(db.url, [blind])).toEqual([]);
  const shown = await getMember(room, clear(LANTING), member.member_id);
  expect(shown).toMatchObject({ status: 'erased', phone: null, name: null, labels: [] });
  const byPhone = { storeId: lanting.store, phone: '13877776666' };
  expect(await findMember(room, LANTING, byPhone)).toBeUndefined();
  const change = db.transact([LANTING], (tx) =>
    setTier(room, tx, ctxOf(LANTING), member.member_id, 'gold'),
  );
  expect(await refused(change)).toBe('member_erased');
  const again = await join('13877776666');
  expect(again.created).toBe(true);
  expect(again.member.member_id).not.toBe(member.member_id);
});

test('a sale uses the programme with the lowest priority unless one is named', async () => {
  const { room, lanting, brand } = stage;
  const byBrand = { programmeId: brand.programme, merchantOrg: LANTING, storeId: lanting.store };
  expect(await refused(enrolStore(room, ctxOf(BRAND), byBrand))).toBe('enrolment_store_not_yours');
  const bySystem = ctxOf(OPERATOR, { kind: 'system', id: 'seed' });
  await enrolStore(room, bySystem, { ...byBrand, ownerOrg: BRAND, priority: 5 });
  room.programmes.forget(LANTING);
  await join('13800000006');
  await join('13800000006', { programmeId: brand.programme });
  const sought = { storeId: lanting.store, phone: '13800000006' };
  expect(await findMember(room, LANTING, sought)).toMatchObject({ ownerOrg: LANTING });
  const named = { ...sought, programmeId: brand.programme };
  expect(await findMember(room, LANTING, named)).toMatchObject({ ownerOrg: BRAND });
  expect(await membersByPhone(room, ctxOf(LANTING), '13800000006', {})).toHaveLength(2);
});

test('who may not, or names what is not there, is refused and nothing is written', async () => {
  const { db, room, lanting, corner, brand } = stage;
  const missing = '0190b3f0-0000-7000-8000-000000000000';
  const mine = { programmeId: lanting.programme, storeId: lanting.store };
  const theirs = { ...mine, ownerOrg: BRAND, programmeId: brand.programme };
  const bySystem = ctxOf(OPERATOR);
  const tier = async () => {
    const { member } = await join('13800000007');
    return db.transact([LANTING], (tx) =>
      setTier(room, tx, ctxOf(LANTING), member.member_id, 'silver'),
    );
  };
  const twice = { code: 'tea', name: { zh: '茶', en: 'Tea' }, pointValuePpm: 1 };
  const cases: [string, () => Promise<unknown>][] = [
    ['phone_invalid', () => join('12345')],
    ['programme_not_served', () => join('13800000008', { programmeId: missing })],
    ['programme_owner_only', () => enrolStore(room, ctxOf(LANTING), theirs)],
    [
      'programme_unknown',
      () => enrolStore(room, ctxOf(LANTING), { ...mine, programmeId: missing }),
    ],
    [
      'enrolment_store_unknown',
      () => enrolStore(room, ctxOf(LANTING), { ...mine, storeId: corner.store }),
    ],
    ['carried out', () => enrolStore(room, bySystem, { ...theirs, merchantOrg: LANTING })],
    ['tier_unknown', tier],
    [
      'programme_code_taken',
      () => db.transact([LANTING], (tx) => createProgramme(tx, ctxOf(LANTING), twice)),
    ],
  ];
  const outcomes: string[] = [];
  for (const [, attempt] of cases) outcomes.push(await refused(attempt()));
  expect(outcomes).toEqual(cases.map(([code]) => code));
});
