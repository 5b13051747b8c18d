import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '#kernel/day';
import { Refused } from '#kernel/refusal';
import { allOrgs, orgByCode } from '#merchants';
import { couponsInvariants } from '#coupons';
import { offersInvariants } from '#offers';
import { paymentsInvariants } from '#payments';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { type App, openApp } from '../../app.ts';
import { auditBooks } from '../audit/audit-books.ts';
import { replayTable } from './print-replay.ts';
import { replayJson } from './replay-json.ts';
import { codeOf, type Replayed, type ReplayAsked, replayFile } from './replay-file.ts';
import { csv, withFile } from './written-file.fixture.ts';

const SMALL = fileURLToPath(
  new URL('../../../sim/tickets/online-retail-small.csv.gz', import.meta.url),
);

let db: FreshDatabase;
let app: App;
let first: Replayed;
beforeAll(async () => {
  db = await freshDatabase();
  app = await openApp({ db, vault: openVault(Buffer.alloc(32, 7)), log: silentLog() });
  first = await replayFile(app, { file: SMALL });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await db?.drop();
});

const replay = (asked: Partial<ReplayAsked>) => replayFile(app, { file: SMALL, ...asked });
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'carried out',
    (error: unknown) => (error instanceof Refused ? error.refusal : Promise.reject(error)),
  );

/** Totals without the names of the merchant and its brand. */
const totals = ({ posted, offers }: Replayed) => ({
  posted,
  offers: offers.map(({ funders, ...offer }) => ({
    ...offer,
    funders: funders.map(({ funder: _funder, ...rest }) => rest),
  })),
});

const audited = async () => {
  const orgs = await allOrgs(db);
  const zones = new Map(orgs.map(({ id, zone }) => [id, zone]));
  const { text } = await auditBooks(
    {
      db,
      orgs: orgs.map(({ id }) => id),
      today: (org) => dayOf(app.clocks.now(org), zones.get(org) ?? 'Asia/Shanghai'),
      anchorFile: '/nowhere/anchors.jsonl',
      more: [...offersInvariants, ...couponsInvariants, ...paymentsInvariants],
    },
    { json: false, locale: 'en' },
  );
  return text.split('\n').filter((line) => !line.startsWith('  ok '));
};

test('the books hold the tickets to the fen, and the audit holds', async () => {
  expect(first).toMatchObject({
    merchant: 'replay-online-retail-small',
    balanced: true,
    posted: { tickets: 886, gross: 32_445_538, returns: 1_350_964, sales: 31_094_574 },
    divided: { refunds: 158, refunded: 1_083_986, withoutReceipt: 55 },
    ran: { recorded: 1_099, replayed: 0 },
  });
  expect(await audited()).toEqual([expect.stringMatching(/^All \d+ hold/)]);
});

test('points and cashback are told per offer and per payer; a budget is drawn on to its end', () => {
  const json = JSON.parse(replayJson(first, 300)) as Record<string, unknown>;
  expect(json).toMatchObject({
    tickets: 886,
    gross: 32_445_538,
    returns: 1_350_964,
    net: 31_094_574,
    points: 324_036,
    points_reversed: 10_850,
    cashback: 833_049,
    members: 217,
    funders: [
      { kind: 'cashback', party: 'merchant', budget: null, amount: 629_479, reversed: 13_273 },
      { kind: 'cashback', party: 'funder', budget: 'gift-house', amount: 203_570, reversed: 3_570 },
      { kind: 'points', party: 'merchant', amount: 324_036, reversed: 10_850 },
    ],
    reported: { adjustments: 0, zero_lines: 4, duplicates: 248 },
  });
  for (const locale of ['zh', 'en'] as const)
    expect(replayTable(first, 300, locale)).toContain('310945.74');
});

test('a second run changes nothing and tells the same', async () => {
  const again = await replay({});
  expect(again.ran).toEqual({ recorded: 0, replayed: 1_099 });
  expect(totals(again)).toEqual(totals(first));
}, 60_000);

test('one at a time gives what 512 at a time give', async () => {
  const slow = await replay({ merchant: 'one-by-one', window: 1 });
  expect(totals(slow)).toEqual(totals(first));
}, 120_000);

test('interrupted and taken up again, it ends where an uninterrupted run ends', async () => {
  const stop = new AbortController();
  const onProgress = (step: string, done: number) => {
    if (step === 'write' && done > 300) stop.abort();
  };
  const cut = replay({ merchant: 'cut-short', signal: stop.signal, onProgress });
  await expect(cut).rejects.toThrow('aborted');
  await app.recorder.idle();
  const rest = await replay({ merchant: 'cut-short' });
  expect(rest.ran.replayed).toBeGreaterThanOrEqual(300);
  expect(rest.ran.recorded).toBeGreaterThan(0);
  expect(totals(rest)).toEqual(totals(first));
}, 120_000);

describe('what does not fit', () => {
  const line = '1,A,a,1,2010-12-01 08:26:00,1.0,7,UK';

  test('of a broken file nothing is posted; line and column are named', async () => {
    const broken = csv(line, '2,A,a,x,2010-12-01 08:27:00,1.0,7,UK');
    const found = await withFile('broken.csv', broken, (file) => refusal(replay({ file })));
    expect(found).toMatchObject({ code: 'ticket_file_broken' });
    expect(JSON.stringify(found)).toMatch(/line 3, column Quantity/);
    expect(await orgByCode(db, 'replay-broken')).toBeUndefined();
  });

  test.each([
    ['other offers', { offers: '[]' }, 'replay_offers_differ'],
    ['offers that are no JSON', { offers: '{' }, 'offers_file_broken'],
  ])('%s are refused', async (_name, { offers }, code) => {
    const found = await withFile('offers.json', offers, (path) =>
      refusal(replay({ offers: path })),
    );
    expect(found).toMatchObject({ code });
  });

  test('a ticket with other content is refused, and what comes after it is not posted', async () => {
    const merchant = 'changed';
    const before = csv(line);
    await withFile('t.csv', before, (file) => replay({ file, merchant }));
    const after = csv(line.replace('1.0', '2.0'), line.replace(/^1/, '2'));
    const found = await withFile('t.csv', after, (file) => refusal(replay({ file, merchant })));
    expect(found).toMatchObject({ code: 'replay_tickets_differ' });
    const org = (await orgByCode(db, merchant))?.id ?? 0;
    const [sold] = await db.read([org], (tx) =>
      tx.query('select count(*) from payments.payment where org_id = $1', [org]),
    );
    expect(sold).toEqual({ count: 1 });
  });
});

test.each([
  ['uci-online-retail.csv.gz', 'replay-uci-online-retail'],
  ['/a/Tickets 2024.csv', 'replay-tickets-2024'],
  ['小票.csv', 'replay-tickets'],
])('%s is replayed into %s', (file, code) => {
  expect(codeOf(file)).toBe(code);
});
