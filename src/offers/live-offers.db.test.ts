import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { snapshotPart, stillCurrent } from '#platform/snapshot';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { exampleSale } from './rule/example.ts';
import {
  createOffer,
  editDraft,
  endOffer,
  evaluate,
  explain,
  type LiveOffers,
  type LiveSet,
  openLiveOffers,
  type OwnedProgramme,
  pauseOffer,
  publishOffer,
  resumeOffer,
} from './index.ts';
import {
  as,
  asProduct,
  BOOKS,
  BRAND,
  bySpring,
  cashback,
  onePointPerYuan,
  roomOver,
  TEA,
  written,
} from './stage.fixture.ts';

const CLUB = 'club-of-tea';
const STARS = 'stars-of-the-brand';

let db: FreshDatabase;
let live: LiveOffers;
let serves: Record<number, readonly OwnedProgramme[]>;

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db?.drop());
beforeEach(async () => {
  await asOwner(
    db.url,
    'truncate offers.offer, offers.version, offers.change, platform.snapshot cascade',
  );
  serves = {
    [TEA]: [
      { ownerOrg: TEA, programmeId: CLUB },
      { ownerOrg: BRAND, programmeId: STARS },
    ],
    [BOOKS]: [{ ownerOrg: BRAND, programmeId: STARS }],
  };
  live = openLiveOffers(db, async (org) => serves[org] ?? []);
});

async function publish(org: number, code: string, fields: object = {}): Promise<string> {
  const { id } = await createOffer(roomOver(db), as(org), written(code, fields));
  await publishOffer(roomOver(db), asProduct(org), id);
  return id;
}

const codes = ({ set }: LiveSet) => set.offers.map(({ definition }) => definition.code).toSorted();

/** As a batch does: whether what the set was made from still holds. */
async function current({ snapshots }: LiveSet): Promise<boolean> {
  const books = [...new Set(snapshots.map(({ org }) => org))];
  const wants = [{ org: books[0] ?? 0, value: snapshots }];
  return stillCurrent(await db.read(books, (tx) => snapshotPart.lock(tx, wants)), snapshots);
}

async function fresh(org: number): Promise<LiveSet> {
  live.forget(org);
  return live.get(org);
}

test('what is published is in the set; what is kept is outdated until it is forgotten', async () => {
  const empty = await live.get(TEA);
  expect(codes(empty)).toEqual([]);
  const id = await publish(TEA, 'A');
  expect(await current(empty)).toBe(false);
  expect(await live.get(TEA)).toBe(empty);
  const now = await fresh(TEA);
  expect([codes(now), await current(now), now.ownerOf(id)]).toEqual([['A'], true, TEA]);
  expect(() => now.ownerOf('nobody')).toThrow(RangeError);
});

test('get gives the same promise, and a set forgotten in vain is not compiled again', async () => {
  await publish(TEA, 'A');
  expect(live.get(TEA)).toBe(live.get(TEA));
  const { set } = await live.get(TEA);
  expect((await fresh(TEA)).set).toBe(set);
});

test.each([
  // change                     in the set, outdated
  ['pause', [], true],
  ['pause and resume', ['A'], true],
  ['end', [], true],
  ['a draft', ['A'], false],
] as const)('after %s the set has %j', async (change, left, outdated) => {
  const id = await publish(TEA, 'A');
  const before = await live.get(TEA);
  if (change.startsWith('pause')) await pauseOffer(db, as(TEA), id);
  if (change.endsWith('resume')) await resumeOffer(roomOver(db), as(TEA), id);
  if (change === 'end') await endOffer(db, as(TEA), id);
  if (change === 'a draft')
    await editDraft(roomOver(db), as(TEA), id, written('A', { priority: 1 }));
  expect(await current(before)).toBe(!outdated);
  const after = await fresh(TEA);
  expect(codes(after)).toEqual(left);
  if (change === 'a draft') expect(after.set.offers[0]?.definition.priority).toBe(100);
});

const memberOf = (programme: string) =>
  exampleSale({
    member: { id: 'm', programme, tier: 'gold', labels: [], joined: '2025-05-01', birthday: null },
    budgets: { spring: 1_000_000 },
  });
const anonymous = exampleSale({ member: null, budgets: { spring: 1_000_000 } });

test.each([
  // offers                                                         buyer                   granted
  [
    'the brand’s discount',
    BRAND,
    { funding: [...bySpring] },
    'a member of the brand',
    memberOf(STARS),
    ['discount'],
  ],
  [
    'the brand’s discount',
    BRAND,
    { funding: [...bySpring] },
    'a member of the merchant',
    memberOf(CLUB),
    [],
  ],
  ['the brand’s discount', BRAND, { funding: [...bySpring] }, 'nobody known', anonymous, []],
  [
    'the brand’s points',
    BRAND,
    { benefits: [onePointPerYuan] },
    'a member of the brand',
    memberOf(STARS),
    ['points'],
  ],
  [
    'the brand’s points',
    BRAND,
    { benefits: [onePointPerYuan] },
    'a member of the merchant',
    memberOf(CLUB),
    [],
  ],
  [
    'the merchant’s points',
    TEA,
    { benefits: [onePointPerYuan] },
    'a member of the merchant',
    memberOf(CLUB),
    ['points'],
  ],
  [
    'the merchant’s points',
    TEA,
    { benefits: [onePointPerYuan] },
    'a member of the brand',
    memberOf(STARS),
    [],
  ],
  [
    'the merchant’s cashback',
    TEA,
    { benefits: [cashback] },
    'a member of the brand',
    memberOf(STARS),
    ['cashback'],
  ],
  [
    'the merchant’s cashback and points',
    TEA,
    { benefits: [cashback, onePointPerYuan] },
    'a member of the brand',
    memberOf(STARS),
    ['cashback'],
  ],
  [
    'the merchant’s cashback and points',
    TEA,
    { benefits: [cashback, onePointPerYuan] },
    'a member of the merchant',
    memberOf(CLUB),
    ['cashback', 'points'],
  ],
  ['the merchant’s discount', TEA, {}, 'nobody known', anonymous, ['discount']],
] as const)('%s (%i %j) to %s', async (_, org, fields, __, sale, granted) => {
  await publish(org, 'A', fields);
  const { set } = await live.get(TEA);
  expect(evaluate(sale, set).decisions.map(({ kind }) => kind)).toEqual(granted);
  const [explained] = explain(sale, set);
  expect(explained?.outcome === 'not').toBe(granted.length === 0);
  expect(explained?.text.zh).toMatch(/\p{Script=Han}/u);
});

const byBooks = [{ ownerOrg: BOOKS, programmeId: STARS }];

test.each([
  // offers of another merchant                                            granted      the merchant pays
  ['a discount', {}, [], 'others_money'],
  ['cashback', { benefits: [cashback] }, [], 'others_money'],
  [
    'cashback paid in part by a brand',
    {
      benefits: [cashback],
      funding: [
        { ...bySpring[0], share: 500_000 },
        { party: 'merchant', share: 500_000 },
      ],
    },
    [],
    'others_money',
  ],
  ['points', { benefits: [onePointPerYuan] }, ['points'], 'granted'],
  ['cashback and points', { benefits: [cashback, onePointPerYuan] }, ['points'], 'partly'],
  [
    'cashback from a brand',
    { benefits: [cashback], funding: [...bySpring] },
    ['cashback'],
    'granted',
  ],
] as const)(
  '%s of the owner of a programme in the sale of a merchant that serves it',
  async (_, fields, granted, reason) => {
    serves = { [TEA]: byBooks, [BOOKS]: byBooks };
    await publish(BOOKS, 'A', fields);
    const { set } = await live.get(TEA);
    expect(evaluate(memberOf(STARS), set).decisions.map(({ kind }) => kind)).toEqual(granted);
    expect(explain(memberOf(STARS), set)[0]).toMatchObject({ reason });
    const own = await fresh(BOOKS);
    expect(evaluate(memberOf(STARS), own.set).decisions.length).toBeGreaterThan(0);
  },
);

test('points of a merchant without a programme never apply, and are explained', async () => {
  await publish(BOOKS, 'A', { benefits: [onePointPerYuan] });
  const { set } = await live.get(BOOKS);
  expect(explain(memberOf(STARS), set)[0]).toMatchObject({ outcome: 'not', reason: 'programme' });
});

test('a brand’s offer is in the sets of those who serve it, and nowhere else', async () => {
  await publish(BRAND, 'B', { funding: [...bySpring] });
  await publish(TEA, 'T');
  expect(codes(await live.get(TEA))).toEqual(['B', 'T']);
  expect(codes(await live.get(BOOKS))).toEqual(['B']);
  serves[BOOKS] = [];
  expect(codes(await fresh(BOOKS))).toEqual([]);
});

test('forgetting a merchant forgets the owners of its programmes', async () => {
  const id = await publish(BRAND, 'B', { funding: [...bySpring] });
  const before = await live.get(TEA);
  await pauseOffer(db, as(BRAND), id);
  expect(await current(before)).toBe(false);
  expect(codes(await fresh(TEA))).toEqual([]);
});

test('groups of two owners do not compete', async () => {
  const stacking = { group: 'best-of' };
  await publish(BRAND, 'B', { funding: [...bySpring], stacking });
  await publish(TEA, 'T', { stacking });
  const { set } = await live.get(TEA);
  expect(evaluate(memberOf(STARS), set).decisions).toHaveLength(2);
});

test('where offers compete a point weighs what its programme says, also when it is explained later', async () => {
  const stacking = { group: 'best-of' };
  const tenPoints = { ...onePointPerYuan, earn: { by: 'fixed', amount: 10 } };
  const nineFen = { kind: 'discount', off: { by: 'amount', amount: 9 } };
  await publish(TEA, 'POINTS', { stacking, benefits: [tenPoints] });
  await publish(TEA, 'MONEY', { stacking, benefits: [nineFen] });
  const kinds = async () => {
    const { set, recipeText } = await fresh(TEA);
    const again = await live.at(JSON.parse(recipeText));
    return [set, again].map((each) => evaluate(memberOf(CLUB), each).decisions[0]?.kind);
  };
  expect(await kinds()).toEqual(['points', 'points']);
  serves[TEA] = [{ ownerOrg: TEA, programmeId: CLUB, pointValuePpm: 800_000 }];
  expect(await kinds()).toEqual(['discount', 'discount']);
});

test('a recipe makes the set again that decided, whatever was changed since', async () => {
  const id = await publish(TEA, 'A');
  const brands = await publish(BRAND, 'B', { funding: [...bySpring] });
  const { set, recipeText } = await live.get(TEA);
  const explained = explain(memberOf(STARS), set);
  await editDraft(
    roomOver(db),
    as(TEA),
    id,
    written('A', { priority: 1, schedule: { from: '2027-01-01' } }),
  );
  await publishOffer(roomOver(db), as(TEA), id);
  await endOffer(db, as(BRAND), brands);
  serves[TEA] = [];
  expect(codes(await fresh(TEA))).toEqual(['A']);
  expect(explain(memberOf(STARS), await live.at(JSON.parse(recipeText)))).toEqual(explained);
});

test('getting costs next to nothing when nothing changed', async () => {
  for (let index = 0; index < 20; index++) await publish(TEA, `A${index}`);
  await live.get(TEA);
  const start = performance.now();
  for (let index = 0; index < 100_000; index++) await live.get(TEA);
  expect((performance.now() - start) / 100).toBeLessThan(10);
});
