import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '#kernel/day';
import { allOrgs } from '#merchants';
import { couponsInvariants } from '#coupons';
import { offersInvariants } from '#offers';
import { paymentsInvariants } from '#payments';
import { realNow } from '#platform/clock';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { asOwner, type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { type App, openApp } from '../../app.ts';
import { auditBooks } from '../audit/audit-books.ts';
import { seedTown, wantsTown } from './seed-town.ts';
import { welcomeText } from './welcome.ts';

interface Town {
  readonly db: FreshDatabase;
  readonly app: App;
  readonly dataDir: string;
}

const TODAY = '2026-06-30';
const towns: Town[] = [];

async function openTown(): Promise<Town> {
  const db = await freshDatabase();
  const app = await openApp({ db, vault: openVault(Buffer.alloc(32, 7)), log: silentLog() });
  const town = { db, app, dataDir: mkdtempSync(join(tmpdir(), 'tillback-town-')) };
  towns.push(town);
  return town;
}

const seed = ({ app, dataDir }: Town, signal?: AbortSignal, onProgress?: () => void) =>
  seedTown(app, { dataDir, today: TODAY, days: 3, signal, onProgress });

const totals = ({ db }: Town) =>
  asOwner(
    db.url,
    `select o.code, count(*)::int sales, sum(gross)::int gross, sum(discount)::int discount, sum(refunded)::int refunded,
            (select count(*)::int from payments.refund r where r.org_id = p.org_id) refunds,
            (select sum(amount)::int from offers.decision d where d.org_id = p.org_id) granted
       from payments.payment p join merchants.org o on o.org_id = p.org_id group by p.org_id, o.code order by 1`,
  );

let town: Town;
beforeAll(async () => {
  town = await openTown();
  expect(await wantsTown(town.app)).toBe(true);
  await seed(town);
}, 60_000);
afterAll(async () => {
  for (const { app, db, dataDir } of towns) {
    await app.close();
    await db.drop();
    rmSync(dataDir, { recursive: true });
  }
});

test('an operator, two merchants with three stores and a brand, with members and offers', async () => {
  const orgs = await allOrgs(town.db);
  expect(orgs.map(({ code, kind, sandbox }) => `${kind} ${code} ${sandbox}`)).toEqual([
    'operator tillback-pay true',
    'brand qinglan true',
    'merchant lanting true',
    'merchant sunrise true',
  ]);
  const [counted] = await asOwner(
    town.db.url,
    `select (select count(*)::int from merchants.store) stores, (select count(*)::int from members.member) members,
            (select count(*)::int from catalog.product) products, (select count(*)::int from access.staff) staff,
            (select count(*)::int from offers.offer where status = 'live') offers`,
  );
  expect(counted).toEqual({ stores: 6, members: 200, products: 64, staff: 17, offers: 9 });
});

test('its clocks run with real time again, and it is whole', async () => {
  expect(await asOwner(town.db.url, 'select from platform.clock')).toEqual([]);
  const now = town.app.clocks.now(3).getTime();
  expect(Math.abs(now - realNow().getTime())).toBeLessThan(1000);
  expect(await wantsTown(town.app)).toBe(false);
});

test('the books hold, those of the brand beside the merchant too', async () => {
  const orgs = (await allOrgs(town.db)).map(({ id }) => id);
  const { text, exitCode } = await auditBooks(
    {
      db: town.db,
      orgs,
      today: (org) => dayOf(town.app.clocks.now(org), 'Asia/Shanghai'),
      anchorFile: join(town.dataDir, 'anchors.jsonl'),
      more: [...offersInvariants, ...couponsInvariants, ...paymentsInvariants],
    },
    { json: false, locale: 'en' },
  );
  expect(exitCode, text).toBe(0);
  const [crossed] = await asOwner(
    town.db.url,
    "select count(*)::int from ledger.xfer where dir = 'in' and state = 'posted' and org_id = 2",
  );
  expect(crossed).not.toEqual({ count: 0 });
});

test('the same seed and day give the same sales, also when it was interrupted', async () => {
  const other = await openTown();
  const stop = new AbortController();
  let days = 0;
  await expect(seed(other, stop.signal, () => ++days === 2 && stop.abort())).rejects.toThrow();
  await seed(other, stop.signal).catch(() => undefined);
  expect(await wantsTown(other.app)).toBe(true);
  await seed(other);
  expect(await totals(other)).toEqual(await totals(town));
  // As if it had been interrupted once more, between the clocks it lets go.
  await asOwner(
    other.db.url,
    "delete from platform.audit where org_id = 1 and verb = 'clock.release'",
  );
  expect(await wantsTown(other.app)).toBe(true);
  await seed(other);
  expect(await totals(other)).toEqual(await totals(town));
  expect(await asOwner(other.db.url, 'select from platform.clock')).toEqual([]);
}, 60_000);

test('logins and the API key are kept for their owner alone, and printed at first', () => {
  for (const file of ['logins.txt', 'api-key.txt'])
    expect(statSync(join(town.dataDir, file)).mode & 0o077).toBe(0);
  const logins = readFileSync(join(town.dataDir, 'logins.txt'), 'utf8');
  const key = readFileSync(join(town.dataDir, 'api-key.txt'), 'utf8').trim();
  const asked = { host: '0.0.0.0', port: 8080, dataDir: town.dataDir, seconds: 1 };
  const text = welcomeText({ ...asked, seeded: true });
  expect(text).toContain('http://127.0.0.1:8080/docs');
  expect(text).toContain(/^password: (\S+)$/m.exec(logins)?.[1]);
  expect(text).toContain(`Bearer ${key}`);
  expect(welcomeText({ ...asked, seeded: false })).not.toContain(key);
});
