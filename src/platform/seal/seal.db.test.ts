import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { audit } from '#platform/audit';
import { realNow } from '#platform/clock';
import { asOwner, type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { type Anchor, appendAnchors, readAnchors } from './anchors.ts';
import { runSeal, type Seal } from './run-seal.ts';
import { auditSource } from './source.ts';
import { verifyChain } from './verify-chain.ts';

let db: FreshDatabase;
let seal: Seal;
let org = 400;

beforeAll(async () => {
  db = await freshDatabase();
  seal = runSeal({ db, sources: [auditSource], orgs: async () => [org] });
});
beforeEach(async () => {
  org++;
  for (let n = 0; n < 9; n++) {
    await write(n);
    if (n % 3 === 2) await seal.settle('all');
  }
});
afterAll(async () => {
  await seal.close();
  await db.drop();
});

const write = (n: number) =>
  db.transact([org], (tx) =>
    audit(
      tx,
      {
        org,
        principal: { kind: 'staff', id: '1', name: 'Li', org, scopes: new Set(), stores: 'all' },
        now: realNow(),
        requestId: 'r',
        locale: 'en',
      },
      { verb: 'test.write', subject: `row:${n}`, before: { n }, after: { n: n + 1 } },
    ),
  );
const check = (anchors?: Anchor[]) =>
  db.read([org], (tx) => verifyChain(tx, org, auditSource, anchors));
const ids = async () =>
  (
    await asOwner<{ audit_id: string }>(
      db.url,
      `select audit_id from platform.audit where org_id = ${org} order by 1`,
    )
  ).map((row) => row.audit_id);
const chain = () =>
  asOwner<{ seq: string; rows: string }>(
    db.url,
    `select seq, rows from platform.chain where org_id = ${org} order by seq`,
  );

test('what was written is sealed in blocks that follow each other, and an idle org gets none', async () => {
  await seal.settle('all');
  expect((await chain()).map(({ rows }) => Number(rows))).toEqual([3, 3, 3]);
  expect(await check()).toBeUndefined();
});

test('young rows wait: a write that began earlier may still commit', async () => {
  await write(10);
  await seal.settle();
  expect((await chain()).length).toBe(3);
  expect(await check()).toBeUndefined();
});

test.each([
  [
    'a row changed',
    (id: string) => `update platform.audit set after = '{"n":99}' where audit_id = '${id}'`,
    'changed',
    4,
  ],
  [
    'a name changed',
    (id: string) => `update platform.audit set principal = 'staff:2' where audit_id = '${id}'`,
    'changed',
    4,
  ],
  [
    'a time changed',
    (id: string) => `update platform.audit set at = at + interval '1 us' where audit_id = '${id}'`,
    'changed',
    4,
  ],
  [
    'a row deleted',
    (id: string) => `delete from platform.audit where audit_id = '${id}'`,
    'missing',
    3,
  ],
] as const)('%s is named with its block', async (_name, sql, what, place) => {
  const rows = await ids();
  await asOwner(db.url, sql(rows[4] as string));
  expect(await check()).toEqual({ org, source: 'audit', seq: 2, what, row: rows[place] });
});

test('an old row put in afterwards is named', async () => {
  const rows = await ids();
  const last = (rows[4] as string).slice(-1) === 'f' ? 'e' : 'f';
  const forged = `${(rows[4] as string).slice(0, -1)}${last}`;
  await asOwner(
    db.url,
    `insert into platform.audit select org_id, '${forged}', at, booked_at, principal, verb, subject, before, after, request_id
       from platform.audit where audit_id = '${rows[4]}'`,
  );
  expect(await check()).toMatchObject({ seq: 2, what: 'inserted', row: forged });
});

test('a block whose hash was recomputed by hand breaks the link to the next one', async () => {
  await asOwner(
    db.url,
    `update platform.chain set hash = sha256(hash) where org_id = ${org} and seq = 2`,
  );
  expect(await check()).toMatchObject({ seq: 2, what: 'block' });
});

test('a tail cut off together with its blocks is known by the anchor kept elsewhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anchors-'));
  const file = join(folder, 'anchors.jsonl');
  await appendAnchors(db, [org], file, realNow());
  await write(newId().length);
  await seal.settle('all');
  expect(await check(await readAnchors(file))).toBeUndefined();
  const [, , , , , , from] = await ids();
  await asOwner(
    db.url,
    `delete from platform.audit where org_id = ${org} and audit_id >= '${from}'`,
  );
  await asOwner(db.url, `delete from platform.chain where org_id = ${org} and seq >= 3`);
  expect(await check()).toBeUndefined();
  expect(await check(await readAnchors(file))).toEqual({
    org,
    source: 'audit',
    seq: 3,
    what: 'cut',
  });
  await rm(folder, { recursive: true });
});

test('two sealers at once make one chain', async () => {
  for (let n = 0; n < 20; n++) await write(n);
  const second = runSeal({ db, sources: [auditSource], orgs: async () => [org] });
  await Promise.all([seal.settle('all'), second.settle('all')]);
  await second.close();
  expect((await chain()).reduce((sum, { rows }) => sum + Number(rows), 0)).toBe(29);
  expect(await check()).toBeUndefined();
});
