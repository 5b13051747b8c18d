import { afterAll, beforeAll, expect, test } from 'vitest';
import { fen } from '#kernel/money';
import type { Ctx } from '#platform/context';
import { current } from '#platform/snapshot';
import {
  type Budget,
  budgetByCode,
  budgetFor,
  budgetSnapshots,
  drawRefusal,
  endBudget,
  grantBudget,
  listBudgets,
  openBudget,
  pauseBudget,
  resumeBudget,
  withdrawBudget,
} from './index.ts';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';

const BRAND = 21;
const ISSUER = 22;
const SHOP = 31;
const name = { zh: '春季返现', en: 'Spring cashback' };
const total = fen(1_000_000);

let db: FreshDatabase;
let spring: Budget;

function as(org: number): Ctx {
  const scopes = new Set<string>();
  const principal = { kind: 'staff', id: 'li', name: 'Li', org, scopes, stores: 'all' } as const;
  const now = new Date('2026-11-21T02:00:00Z');
  return { org, principal, now, requestId: 'req_1', locale: 'zh' };
}

beforeAll(async () => {
  db = await freshDatabase();
  spring = await openBudget(db, as(BRAND), { code: 'spring', name, total, borrowers: [SHOP] });
});
afterAll(() => db?.drop());

test('a budget stands in the register as it was opened', async () => {
  expect(spring).toMatchObject({ org: BRAND, total, chunk: 50_000, status: 'live' });
  expect(await budgetFor(db, BRAND, spring.id)).toEqual(spring);
  expect(await budgetByCode(db, BRAND, 'spring')).toEqual(spring);
  expect(await budgetByCode(db, BRAND, 'autumn')).toBeUndefined();
  const small = await openBudget(db, as(ISSUER), { code: 'small', name, total: fen(900) });
  expect(small.chunk).toBe(900);
});

test.each<[string, string, () => Promise<unknown>]>([
  // what is asked              refusal                   how
  [
    'a code twice',
    'budget_code_taken',
    () => openBudget(db, as(BRAND), { code: 'spring', name, total }),
  ],
  [
    'a lease above the total',
    'budget_chunk_too_large',
    () => openBudget(db, as(BRAND), { code: 'x', name, total, chunk: fen(total + 1) }),
  ],
  ["pausing another org's", 'budget_unknown', () => pauseBudget(db, as(ISSUER), spring.id)],
  [
    "granting another org's",
    'budget_unknown',
    () => grantBudget(db, as(ISSUER), { budget: spring.id, borrower: SHOP }),
  ],
  ["reading another org's", 'budget_unknown', () => budgetFor(db, ISSUER, spring.id)],
])('%s is refused: %s', async (_what, code, how) => {
  await expect(how()).rejects.toMatchObject({ refusal: { code } });
});

test("another org's budgets and grants are invisible", async () => {
  const codes = (await listBudgets(db, as(ISSUER), { limit: 10 })).map((budget) => budget.code);
  expect(codes).not.toContain('spring');
  for (const table of ['budget', 'budget_grant']) {
    const rows = await db.read([SHOP], (tx) => tx.query(`select org_id from partners.${table}`));
    expect(rows).toEqual([]);
  }
  expect((await budgetSnapshots(db).get(SHOP)).value.budgets.size).toBe(0);
});

test('pause, resume, end: each moves the snapshot once and is audited; ended is final', async () => {
  const facts = budgetSnapshots(db);
  const { id } = await openBudget(db, as(ISSUER), { code: 'moves', name, total });
  const { version } = await current(db, facts, ISSUER);
  const steps = [pauseBudget, pauseBudget, resumeBudget, endBudget, endBudget];
  for (const step of steps) await step(db, as(ISSUER), id);
  const ended = await current(db, facts, ISSUER);
  expect(ended.version).toBe(version + 3);
  expect(ended.value.budgets.get(id)?.status).toBe('ended');
  expect(ended.value.budgetByCode.get('moves')?.id).toBe(id);
  const grant = { budget: id, borrower: SHOP };
  for (const late of [pauseBudget(db, as(ISSUER), id), grantBudget(db, as(ISSUER), grant)])
    await expect(late).rejects.toMatchObject({ refusal: { code: 'budget_ended' } });
  const trail = await asOwner<{ verb: string }>(
    db.url,
    'select verb from platform.audit where org_id = $1 and subject = $2 order by audit_id',
    [ISSUER, `budget:${id}`],
  );
  expect(trail.map((row) => row.verb)).toEqual(
    ['open', 'pause', 'resume', 'end'].map((move) => `partners.${move}-budget`),
  );
});

test('grants made at once all stand, and are withdrawn one by one', async () => {
  const { id } = await openBudget(db, as(BRAND), { code: 'many', name, total });
  const borrowers = Array.from({ length: 12 }, (_, index) => 100 + index);
  const grants = borrowers.map((borrower) => ({ budget: id, borrower }));
  await Promise.all(grants.map((grant) => grantBudget(db, as(BRAND), grant)));
  await grantBudget(db, as(BRAND), { budget: id, borrower: 100 });
  expect((await budgetFor(db, BRAND, id)).borrowers).toEqual(new Set(borrowers));
  await withdrawBudget(db, as(BRAND), { budget: id, borrower: 100 });
  await withdrawBudget(db, as(BRAND), { budget: id, borrower: 100 });
  expect((await budgetFor(db, BRAND, id)).borrowers).toEqual(new Set(borrowers.slice(1)));
  const [last] = await asOwner<{ after: { borrowers: number[] } }>(
    db.url,
    `select after from platform.audit where org_id = $1 and subject = $2
     order by audit_id desc limit 1`,
    [BRAND, `budget:${id}`],
  );
  expect(last?.after.borrowers).toEqual(borrowers.slice(1));
});

test.each<[string, number, Partial<Budget>, string | undefined]>([
  // who draws             org     the budget                             refusal
  ['a borrower', SHOP, {}, undefined],
  ['the funder itself', BRAND, {}, undefined],
  ['anybody', 99, {}, 'budget_not_granted'],
  ['anybody on one open to all', 99, { openToAll: true }, undefined],
  ['a borrower on a paused one', SHOP, { status: 'paused' }, 'budget_paused'],
  ['a borrower on an ended one', SHOP, { status: 'ended' }, 'budget_ended'],
  ['anybody on an ended one', 99, { status: 'ended' }, 'budget_not_granted'],
])('%s (org %i) %o draws: %s', (_who, org, change, code) => {
  expect(drawRefusal({ ...spring, ...change }, org)?.code).toBe(code);
});

test('a list begins behind a code and keeps to a status', async () => {
  const codes = async (after: string, status?: Budget['status']) =>
    (await listBudgets(db, as(BRAND), { after, limit: 10, status })).map(({ code }) => code);
  expect(await codes('')).toEqual(['many', 'spring']);
  expect(await codes('many')).toEqual(['spring']);
  expect(await codes('', 'paused')).toEqual([]);
});
