import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  account,
  captureHold,
  fundBudget,
  type Journal,
  journalSource,
  type Leg,
  ledgerInvariants,
  ledgerPart,
  leaseNow,
  mirrored,
  openRelay,
  type PeerJournal,
  placeHold,
  type Posting,
  type Relay,
} from '#ledger';
import { newId } from '#kernel/ids';
import { realNow } from '#platform/clock';
import { platformInvariants } from '#platform/breaches';
import { item, need } from '#platform/record/part';
import { openRecorder, type Recorder } from '#platform/record/record';
import { runSeal } from '#platform/seal/run-seal';
import { auditSource } from '#platform/seal/source';
import { asOwner, type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { auditBooks } from './audit-books.ts';
import { auditExitCode, auditJson, auditTable } from './print-audit.ts';
import { runAudit } from './run-audit.ts';

let db: FreshDatabase;
let recorder: Recorder;
let relay: Relay;
let shop = 500;
let brand = 700;

beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db);
  relay = openRelay({ db, recorder });
  await asOwner(
    db.url,
    `alter table ledger.journal drop constraint journal_balanced;
     alter table ledger.account drop constraint account_floor;`,
  );
});
afterAll(async () => {
  await relay.close();
  await recorder.close();
  await db.drop();
});
beforeEach(async () => {
  shop++;
  brand++;
  await trade();
});

const sources = [journalSource, auditSource];
const invariants = [...ledgerInvariants(() => '2026-06-01'), ...platformInvariants(sources)];
const audit = () => runAudit({ db, orgs: [shop, brand], invariants });
const budget = account('2600', 'b');

async function post(org: number, ...postings: readonly Posting[]): Promise<void> {
  const wants = postings.flatMap((posting) => [
    ...('legs' in posting ? posting.legs : []),
    ...(posting.holds ?? []),
  ]);
  const key = newId();
  const result = await recorder.record({
    org,
    idempotency: { principal: 'system:test', key, hash: createHash('sha256').update(key).digest() },
    needs: wants.map((each) =>
      need(ledgerPart, org, { account: each.account, lots: true, holds: true }),
    ),
    decide: () => ({
      kind: 'accept',
      status: 201,
      answer: '',
      items: postings.map((each) => item(ledgerPart, org, each)),
    }),
  });
  expect(result.kind).toBe('recorded');
}

function journal(legs: readonly Leg[], more: Partial<Journal> = {}): Journal {
  const stamp = { occurredAt: realNow(), valueDate: '2026-06-01', actor: 'system:test' };
  return { journalId: newId(), kind: 'test', source: newId(), ...stamp, legs, ...more };
}

/** The brand's side of points granted in the shop, at 0.8 fen each. */
function granted(points: number): PeerJournal {
  return {
    xferId: newId(),
    org: brand,
    kind: 'reward',
    source: newId(),
    legs: [
      { code: '1911', owner: String(shop), amount: points },
      { code: '2210', owner: 'm', amount: -points },
      { code: '5040', owner: 'p', amount: points * 0.8 },
      { code: '2211', owner: 'p', amount: -points * 0.8 },
    ],
    grants: [
      {
        code: '2210',
        owner: 'm',
        lotId: newId(),
        amount: points,
        valuePpm: 800_000,
        expiresOn: '2026-12-31',
      },
    ],
  };
}

function takenBack(points: number): PeerJournal {
  const takeBack = { source: newId(), member: 'm', programme: 'p', points, cashback: 0 };
  return {
    xferId: newId(),
    org: brand,
    kind: 'reward.back',
    source: takeBack.source,
    legs: [],
    takeBack,
  };
}

/** A small healthy world: a budget funded and leased, points granted across books, a hold, a reversal, a seal. */
async function trade(): Promise<void> {
  const stamp = {
    actor: 'system:test',
    occurredAt: realNow(),
    valueDate: '2026-06-01',
    source: newId(),
  };
  await fundBudget(recorder, {
    ...stamp,
    key: newId(),
    org: brand,
    budget: 'b',
    amount: 1000,
    total: 1000,
  });
  await leaseNow(recorder, relay, {
    ...stamp,
    key: newId(),
    funderOrg: brand,
    borrowerOrg: shop,
    budget: 'b',
    amount: 400,
  });
  const seal = runSeal({ db, sources, orgs: async () => [shop, brand] });
  await seal.settle('all');
  await seal.close();
  const grant = journal(
    [
      { account: account('1430', 'p'), amount: 55 },
      { account: account('2911', brand), amount: -55 },
    ],
    {
      sends: [granted(55)],
    },
  );
  const holdId = newId();
  const spend = journal(
    [
      { account: budget, amount: 30 },
      { account: account('1010'), amount: -30 },
    ],
    {
      holds: [captureHold(budget, holdId, 30)],
    },
  );
  const undo = journal(mirrored(grant.legs), { reverses: grant.journalId });
  const again = journal(grant.legs);
  await post(shop, grant, undo, again);
  await post(brand, { holds: [placeHold(budget, { holdId, amount: 50, source: newId() })] }, spend);
  await relay.settle();
}

test('a healthy world holds, with transfers in flight too', async () => {
  await relay.close();
  for (const send of [granted(20), takenBack(5)]) {
    const sign = Math.sign(send.legs.length - 0.5);
    const points = send.takeBack?.points ?? 20;
    const legs = [
      { account: account('1430', 'p'), amount: sign * points },
      { account: account('2911', brand), amount: -sign * points },
    ];
    await post(shop, journal(legs, { sends: [send] }));
  }
  const inFlight = await audit();
  relay = openRelay({ db, recorder });
  await relay.settle();
  const results = await audit();
  expect([...inFlight, ...results].filter(({ ok }) => !ok)).toEqual([]);
  expect(auditExitCode(results)).toBe(0);
  expect(auditTable(results, 'en')).toContain(`All ${invariants.length} hold`);
  expect(JSON.parse(auditJson(results))).toMatchObject({ ok: true });
});

const young =
  "journal_id = (select max(journal_id::text)::uuid from ledger.journal where org_id = :org and kind = 'test')";

test.each<[string, 'shop' | 'brand', string]>([
  ['I1', 'shop', `update ledger.journal set asset[1] = 1 where org_id = :org and ${young}`],
  ['I2', 'shop', "update ledger.account set asset = 1 where org_id = :org and code = '1430'"],
  [
    'I3',
    'shop',
    "update ledger.account set posted = posted + 1 where org_id = :org and code = '2610'",
  ],
  [
    'I4',
    'shop',
    `update ledger.entry set journal_id = gen_random_uuid() where org_id = :org and journal_id = (
       select max(journal_id::text)::uuid from ledger.entry where org_id = :org)`,
  ],
  [
    'I5',
    'brand',
    "update ledger.account set floor = posted - held + 1 where org_id = :org and code = '2600'",
  ],
  ['I6', 'brand', "update ledger.lot set expires_on = '2026-05-30' where org_id = :org"],
  [
    'I6',
    'brand',
    'update ledger.lot set remaining = remaining - 1, used = used + 1, value_ppm = 814815 where org_id = :org',
  ],
  [
    'I7',
    'brand',
    "update ledger.account set held = held + 1 where org_id = :org and code = '2600'",
  ],
  ['I8', 'shop', "update ledger.account set code = '1439' where org_id = :org and code = '1430'"],
  ['I9', 'brand', 'update ledger.lot set value_ppm = 820000 where org_id = :org'],
  ['I10', 'shop', "update ledger.account set owner = '999' where org_id = :org and code = '1910'"],
  ['I11', 'brand', 'update ledger.lease set granted = granted + 1 where org_id = :org'],
  [
    'I14',
    'shop',
    `insert into ledger.xfer (org_id, xfer_id, dir, peer_org, journal_id, state, peer)
     values (:org, gen_random_uuid(), 'in', 1, gen_random_uuid(), 'posted', '{}')`,
  ],
  ['I15', 'shop', 'delete from ledger.reversal where org_id = :org'],
  [
    'I22',
    'brand',
    "update ledger.journal set actor = 'staff:2' where org_id = :org and kind = 'budget.fund'",
  ],
  [
    'I27',
    'shop',
    `insert into platform.timer (org_id, timer_id, kind, dedupe, due_at, wake_at)
     values (:org, gen_random_uuid(), 'x', 'x', now(), now() - interval '61 s')`,
  ],
])("%s, broken in the %s's book, is named alone", async (id, book, sql) => {
  const org = book === 'shop' ? shop : brand;
  await asOwner(db.url, sql.replaceAll(':org', String(org)));
  const results = await audit();
  expect(results.filter(({ ok }) => !ok).map((result) => result.id)).toEqual([id]);
  expect(auditExitCode(results)).toBe(1);
  expect(auditTable(results, 'zh')).toContain(`FAIL  ${id}`);
});

test('of one book alone, what holds over all books together is left out, and named; the rest is in order', async () => {
  const one = (orgs: readonly number[], someOnly: boolean, json = false) =>
    auditBooks(
      { db, orgs, someOnly, today: () => '2026-06-01', anchorFile: '/nowhere' },
      { json, locale: 'en' },
    );
  expect((await one([shop], false)).exitCode).toBe(1);
  const { text, exitCode } = await one([shop], true);
  expect(exitCode, text).toBe(0);
  expect(text).toContain('Left out: I8, I10. They hold over all books together');
  expect(JSON.parse((await one([shop], true, true)).text).left_out).toEqual(['I8', 'I10']);
  const all = await one([shop, brand], false);
  expect(all.text).not.toContain('Left out');
  expect(all.text.match(/(?<= )I\d+/g)).toEqual(
    'I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 I11 I14 I15 I22 I27'.split(' '),
  );
});
