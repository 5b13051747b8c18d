import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import {
  createOffer,
  type Decision,
  offersInvariants,
  offersPart,
  pauseOffer,
  publishOffer,
  readDecisions,
} from './index.ts';
import { asProduct, BRAND, bySpring, roomOver, TEA, written } from './stage.fixture.ts';

let db: FreshDatabase;
let decision: Decision;

/** A sale of TEA whose discount an offer of BRAND decided, counted for a member. */
beforeAll(async () => {
  db = await freshDatabase();
  const brand = asProduct(BRAND);
  const { id } = await createOffer(roomOver(db), brand, written('B', { funding: [...bySpring] }));
  await publishOffer(roomOver(db), brand, id);
  await pauseOffer(db, brand, id);
  decision = {
    offer: id,
    version: 1,
    benefit: 0,
    kind: 'discount',
    amount: 100,
    wanted: 100,
    lineShares: [60, 40],
    funding: [{ party: 'funder', funderOrg: BRAND, budget: 'spring', amount: 100 }],
    counters: [{ key: `offer:${id}:member:m:day:2026-11-21`, count: 1, amount: 100 }],
    arrival: { type: 'instant' },
    expiry: null,
  };
  await db.transact([TEA], async (tx) => {
    const item = {
      paymentId: newId(),
      decisions: [{ ownerOrg: BRAND, decision }],
      uses: decision.counters,
    };
    await offersPart.write(tx, [{ org: TEA, value: item }], await offersPart.lock(tx, []));
  });
});
afterAll(() => db?.drop());

async function breached(): Promise<string[]> {
  const found: string[] = [];
  await db.read([TEA, BRAND], async (tx) => {
    for (const { id, says, breaches } of offersInvariants) {
      expect(says.zh).toMatch(/\p{Script=Han}/u);
      if ((await breaches(tx, [TEA, BRAND])).length > 0) found.push(id);
    }
  });
  return found;
}

test('what the verbs wrote breaks nothing, also asked for the merchant alone', async () => {
  expect(await breached()).toEqual([]);
  await db.read([TEA], async (tx) => {
    for (const { breaches } of offersInvariants) expect(await breaches(tx, [TEA])).toEqual([]);
    await expect(tx.query('select from offers.offer where org_id = $1', [BRAND])).resolves.toEqual(
      [],
    );
  });
});

test('decisions are read as they were written', async () => {
  const [row] = await asOwner<{ payment_id: string }>(
    db.url,
    'select payment_id from offers.decision',
  );
  const read = await db.read([TEA], (tx) => readDecisions(tx, TEA, row!.payment_id));
  expect(read).toEqual([{ ownerOrg: BRAND, decision }]);
});

test.each([
  [
    'offers.splits',
    'update offers.decision set line_shares = array[60, 41]',
    'update offers.decision set line_shares = array[60, 40]',
  ],
  [
    'offers.splits',
    `update offers.decision set funding = jsonb_set(funding::jsonb, '{0,amount}', '99')::json`,
    `update offers.decision set funding = jsonb_set(funding::jsonb, '{0,amount}', '100')::json`,
  ],
  [
    'offers.published',
    'update offers.decision set version = 2',
    'update offers.decision set version = 1',
  ],
  [
    'offers.published',
    'update offers.decision set benefit = 1',
    'update offers.decision set benefit = 0',
  ],
  ['offers.uses', 'update offers.usage set count = 2', 'update offers.usage set count = 1'],
  ['offers.uses', 'update offers.usage set amount = 101', 'update offers.usage set amount = 0'],
  [
    'offers.changes',
    `update offers.offer set status = 'live'`,
    `update offers.offer set status = 'paused'`,
  ],
])('%s finds: %s', async (id, breach, repair) => {
  await asOwner(db.url, breach);
  expect(await breached()).toEqual([id]);
  await asOwner(db.url, repair);
  expect(await breached()).toEqual([]);
});
