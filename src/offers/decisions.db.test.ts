import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { compileOffers } from './engine/compile.ts';
import { definition } from './rule/definition.ts';
import {
  createOffer,
  type Decision,
  offersInvariants,
  offersPart,
  publishOffer,
  readDecisions,
} from './index.ts';
import { as, cashback, onePointPerYuan, roomOver, TEA, written } from './stage.fixture.ts';

let db: FreshDatabase;

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db?.drop());

const plain = {
  version: 1,
  wanted: 9,
  amount: 9,
  lineShares: [5, 4],
  counters: [],
  arrival: { type: 'instant' },
  expiry: null,
} as const;
const paid = [{ party: 'store', amount: 9 }] as const;
const arrivals: Decision['arrival'][] = [
  { type: 'instant' },
  { type: 'on', days: 3, day: '2026-11-25', provisional: false },
  { type: 'quiet', pool: 'pool:x', days: 3, day: '2027-01-05', provisional: true },
  {
    type: 'reached',
    pool: 'pool:y',
    amount: 100_000,
    count: null,
    until: '2026-11-30',
    now: false,
  },
];

test('decisions of every kind are read as they were written, and break nothing', async () => {
  const benefits = [
    { kind: 'discount' as const, off: { by: 'percent' as const, rate: 50_000 } },
    onePointPerYuan,
    { kind: 'growth' as const, earn: { by: 'fixed' as const, amount: 9 } },
    cashback,
    { kind: 'coupon' as const, template: 'next-visit', quantity: 9 },
    { kind: 'gift' as const, sku: 'TEA-100', quantity: 9 },
  ];
  const { id } = await createOffer(roomOver(db), as(TEA), written('ALL', { benefits }));
  await publishOffer(roomOver(db), as(TEA), id);
  const kinds: Decision[] = [
    { ...plain, offer: id, benefit: 0, kind: 'discount', funding: paid, coupon: newId() },
    {
      ...plain,
      offer: id,
      benefit: 1,
      kind: 'points',
      funding: paid,
      arrival: arrivals[1]!,
      expiry: '2027-01-31',
      expires: { type: 'rolling', days: 40, round_up_to: 'month' },
    },
    { ...plain, offer: id, benefit: 2, kind: 'growth', funding: [] },
    { ...plain, offer: id, benefit: 3, kind: 'cashback', funding: paid, arrival: arrivals[2]! },
    { ...plain, offer: id, benefit: 3, kind: 'cashback', to: 'merchant', funding: paid },
    {
      ...plain,
      offer: id,
      benefit: 3,
      kind: 'cashback',
      amount: 3,
      partly: 'limit_member',
      lineShares: [3, 0],
      funding: [{ party: 'store', amount: 3 }],
    },
    { ...plain, offer: id, benefit: 4, kind: 'coupon', what: 'next-visit', funding: [] },
    { ...plain, offer: id, benefit: 5, kind: 'gift', what: 'TEA-100', funding: [] },
    {
      ...plain,
      offer: id,
      benefit: 3,
      kind: 'cashback',
      amount: 0,
      wanted: 0,
      lineShares: [0, 0],
      funding: [],
      counters: [{ key: 'pool:y', count: 1, amount: 700, lines: [300, 400] }],
      arrival: arrivals[3]!,
    },
  ];
  const decisions = kinds.map((decision) => ({ ownerOrg: TEA, decision }));
  const paymentId = newId();
  await db.transact([TEA], async (tx) => {
    const uses = kinds.flatMap(({ counters }) => counters);
    const value = { paymentId, decisions, uses };
    await offersPart.write(tx, [{ org: TEA, value }], await offersPart.lock(tx, []));
  });
  const read = await db.read([TEA], (tx) => readDecisions(tx, TEA, paymentId));
  expect(read).toEqual(decisions);
  for (const { id: name, breaches } of offersInvariants)
    expect([name, await db.read([TEA], (tx) => breaches(tx, [TEA]))]).toEqual([name, []]);
});

test.each<[string, object | undefined, object[], boolean]>([
  ['no limits', undefined, [], true],
  ['neither', { partial_grants: false }, [], false],
  ['per sale', { per_sale: 300, partial_grants: true }, [{ per: 'sale', amount: 300 }], true],
  [
    'per member and day',
    { per_member_day: { count: 2, amount: 900 }, partial_grants: true },
    [{ per: 'member', window: { type: 'day' }, count: 2, amount: 900 }],
    true,
  ],
  [
    'both',
    { per_sale: 300, per_member_day: { amount: 900 }, partial_grants: false },
    [
      { per: 'sale', amount: 300 },
      { per: 'member', window: { type: 'day' }, amount: 900 },
    ],
    false,
  ],
])(
  'limits that stood by name become entries of the list: %s',
  async (_what, old, each, partial) => {
    const { id } = await createOffer(roomOver(db), as(TEA), written(`OLD-${newId()}`));
    await publishOffer(roomOver(db), as(TEA), id);
    const stale = { ...written('OLD'), limits: old };
    await asOwner(db.url, 'update offers.version set definition = $2 where offer_id = $1', [
      id,
      stale,
    ]);
    await asOwner(db.url, 'update offers.offer set draft = $2 where offer_id = $1', [id, stale]);
    const sql = await readFile('db/migrations/0015-offer-decisions.sql', 'utf8');
    await asOwner(db.url, sql.slice(sql.indexOf('update offers.version')));
    const [now] = await asOwner<{ definition: object; draft: object }>(
      db.url,
      'select v.definition, o.draft from offers.version v join offers.offer o using (org_id, offer_id) where offer_id = $1',
      [id],
    );
    const limits = { each, partial_grants: partial };
    expect(now).toMatchObject({ definition: { limits }, draft: { limits } });
    const again = definition.parse(now!.definition);
    expect(
      compileOffers([{ offer: id, version: 1, status: 'live', definition: again }]).offers,
    ).toHaveLength(1);
  },
);
