import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey, PERMISSIONS } from '#access';
import { newId } from '#kernel/ids';
import { createOrg } from '#merchants';
import { startingSimulation } from '#offers';
import { takePayment } from '#payments';
import { pause } from '#platform/clock';
import type { Server } from '#platform/http/server';
import { DAYS, type Taken, takeTickets } from '../../../test/tickets-stage.ts';
import { systemCtx } from '../system-ctx.ts';

let taken: Taken;
let server: Server;
let token: string;

beforeAll(async () => {
  taken = await takeTickets({ jobs: true });
  token = await keyOf(taken.org);
  server = await taken.app.server('0');
}, 120_000);
afterAll(async () => {
  await server?.app.close();
  await taken?.close();
});

const ctxOf = (org: number) => systemCtx(org, 'test', taken.app.clocks.now(org));

async function keyOf(org: number, stores: readonly string[] | null = null): Promise<string> {
  const all = Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[];
  const scopes = all.filter((scope) => /^(offer|report|payment)\./.test(scope));
  const wanted = { name: newId(), scopes, stores, expires: null };
  const made = await taken.db.transact([org], (tx) => createApiKey(tx, ctxOf(org), wanted));
  return made.secret;
}

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, as = token) {
  const reply = await server.app.inject({
    method,
    url: `/v1/${url}`,
    ...(payload && { payload }),
    headers: {
      authorization: `Bearer ${as}`,
      ...(method !== 'GET' && { 'idempotency-key': newId() }),
    },
  });
  return { status: reply.statusCode, body: reply.json() };
}

/** Starts a simulation and waits for its end. */
async function simulated(payload: object, as = token) {
  const { status, body } = await ask('POST', 'simulations', payload, as);
  expect(status, JSON.stringify(body)).toBe(202);
  for (let left = 500; left > 0; left--) {
    const { body: now } = await ask('GET', `simulations/${body.simulation_id}`, undefined, as);
    if (now.state === 'done') return now;
    expect(['queued', 'running']).toContain(now.state);
    await pause(50);
  }
  throw new Error('the simulation did not end');
}

async function offerId(code: string): Promise<string> {
  const { body } = await ask('GET', 'offers');
  return body.items.find((offer: { code: string }) => offer.code === code).offer_id;
}

const TEN_OFF = {
  code: 'TEN-OFF',
  name: { zh: '满 300 减 30', en: '30 off above 300' },
  schedule: { from: '2011-01-01' },
  audience: { members_only: true },
  benefits: [{ kind: 'discount', off: { by: 'amount', amount: 3_000 }, spend: 30_000 }],
};

describe('a simulation', () => {
  test('of an offer sent along says cost, who gets it, and what it does to others', async () => {
    const { result, ...told } = await simulated({ definition: TEN_OFF, ...DAYS });
    expect(told).toMatchObject({ state: 'done', offer_id: null, version: null, done: 886 });
    expect(result.past).toMatchObject({ sales: 886, days: 373, members: 217 });
    expect(result.dates).toBe('set_aside');
    const [discount] = result.offer.kinds;
    expect(discount).toMatchObject({ kind: 'discount', grants: 439, amount: 1_317_000 });
    const [payer] = discount.payers;
    expect(payer).toMatchObject({ party: 'merchant', amount: 1_317_000 });
    const sum = (rows: { amount: number }[]) => rows.reduce((all, row) => all + row.amount, 0);
    expect([sum(payer.days), sum(payer.months), sum(discount.days)]).toEqual(
      Array(3).fill(1_317_000),
    );
    expect(result.spread.often.map((step: { members: number }) => step.members)).toEqual(
      expect.arrayContaining([expect.any(Number)]),
    );
    const habits = result.bought_anyway.habits;
    expect(sum(habits)).toBe(1_317_000);
    expect(habits.map(({ habit }: { habit: string }) => habit)).toEqual(['new']);
    const cashback = result.collisions.find(({ code }: { code: string }) => code === 'BACK-2');
    expect(cashback).toMatchObject({ kind: 'cashback', without: 629_479 });
    expect(cashback.difference).toBeLessThan(0);
    expect(result.change).toBeNull();
  });

  test('of what is live is what the books hold of it, budget and all', async () => {
    const { result } = await simulated({ offer_id: await offerId('GIFT-HOUSE-1'), ...DAYS });
    const [simulatedKind] = result.offer.kinds;
    const [booked] = result.decided;
    for (const name of ['grants', 'amount', 'reversed'])
      expect([name, simulatedKind[name]]).toEqual([name, booked[name]]);
    expect(result.budgets).toMatchObject([
      { start: 200_000, drawn: 203_570, returned: 3_570, left: 0, short_sales: 160 },
    ]);
    expect(result.budgets[0].ends_on).toMatch(/^2011-/);
    expect(result.budgets[0].last_sale.day <= result.budgets[0].ends_on).toBe(true);
  });

  test('of a draft is compared with the version that decides', async () => {
    const id = await offerId('BACK-2');
    const { body: offer } = await ask('GET', `offers/${id}`);
    const draft = {
      ...offer.published,
      benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 10_000 } }],
    };
    expect((await ask('PUT', `offers/${id}/draft`, draft)).status).toBe(200);
    const { result } = await simulated({ offer_id: id, ...DAYS });
    expect(result.change).toMatchObject({
      version: 1,
      kinds: [{ code: 'BACK-2', without: 629_479 }],
    });
    const [kind] = result.change.kinds;
    expect(kind.difference).toBe(kind.with - 629_479);
    expect(kind.with).toBeLessThan(400_000);
    expect(result.collisions).toEqual([]);
  });

  test('says which facts the past does not tell', async () => {
    const definition = {
      ...TEN_OFF,
      code: 'CARD',
      conditions: { type: 'card_kind', kinds: ['credit'] },
    };
    const { result } = await simulated({ definition, ...DAYS });
    expect(result.missing_facts).toContainEqual({ fact: 'card', sales: 886 });
    expect(result.offer).toMatchObject({ grants: 0, kinds: [] });
  });

  test('knows who bought in as many days before', async () => {
    const { result } = await simulated({
      definition: TEN_OFF,
      from: '2011-09-01',
      to: '2011-11-30',
    });
    const { window, habits, grants_ppm: regular, before } = result.bought_anyway;
    expect(window).toEqual({ from: '2011-06-02', to: '2011-08-31' });
    const members = Object.fromEntries(
      habits.map((each: { habit: string; members: number }) => [each.habit, each.members]),
    );
    expect(Object.keys(members).toSorted()).toEqual(['lapsed', 'new', 'regular']);
    expect(regular).toBeGreaterThan(0);
    expect(regular).toBeLessThan(1_000_000);
    expect(before.sales).toBeGreaterThanOrEqual(members['regular'] as number);
  });

  test('of a merchant without sales finds nothing', async () => {
    const name = { zh: '新店', en: 'New' };
    const made = await createOrg(taken.db, systemCtx(0, 'test', new Date()), {
      code: 'empty',
      name,
      kind: 'merchant',
      sandbox: true,
    });
    const { result, total } = await simulated({ definition: TEN_OFF }, await keyOf(made.id));
    expect(total).toBe(0);
    expect(result.past).toMatchObject({ sales: 0, members: 0, gross: 0 });
    expect(result.offer.kinds).toEqual([]);
  });
});

describe('what does not go', () => {
  const unknown = '0198c0de-0000-7000-8000-000000000001';

  test.each([
    ['nothing to simulate', {}, 422, 'simulation_names_nothing'],
    ['an unknown offer', { offer_id: unknown }, 404, 'offer_unknown'],
    ['an illegal offer', { definition: { code: 'X' } }, 422, 'offer_illegal'],
    [
      'days backwards',
      { definition: TEN_OFF, from: '2011-02-01', to: '2011-01-01' },
      422,
      'simulation_period_wrong',
    ],
    [
      'months and a first day',
      { definition: TEN_OFF, months: 2, from: '2011-02-01' },
      422,
      'simulation_period_wrong',
    ],
    [
      'three years',
      { definition: TEN_OFF, from: '2009-01-01', to: '2011-12-01' },
      422,
      'simulation_period_wrong',
    ],
  ])('%s is refused', async (_name, payload, status, code) => {
    const reply = await ask('POST', 'simulations', payload);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test('who is bound to stores neither starts nor reads', async () => {
    const { value } = await taken.app.orgs.get(taken.org);
    const bound = await keyOf(taken.org, [value.storeByCode.get('main')!.id]);
    const started = await ask('POST', 'simulations', { definition: TEN_OFF }, bound);
    expect([started.status, started.body.code]).toEqual([403, 'offers_of_all_stores']);
    const listed = await ask('GET', 'simulations', undefined, bound);
    expect([listed.status, listed.body.code]).toEqual([403, 'all_stores_needed']);
  });

  test('one that waits is cancelled and stays so; one that is done is not', async () => {
    const { write } = await startingSimulation(taken.app.simulator, ctxOf(taken.org), {
      definition: TEN_OFF,
      ...DAYS,
    });
    const { id } = await taken.db.transact([taken.org], write);
    for (let time = 0; time < 2; time++) {
      const cancelled = await ask('POST', `simulations/${id}/cancel`);
      expect([cancelled.status, cancelled.body.state]).toEqual([200, 'cancelled']);
    }
    const { simulation_id: done } = await simulated({ definition: TEN_OFF, months: 1 });
    const late = await ask('POST', `simulations/${done}/cancel`);
    expect([late.status, late.body.code]).toEqual([409, 'simulation_over']);
    const { body } = await ask('GET', 'simulations?limit=1&state=cancelled');
    expect(body.items).toMatchObject([{ simulation_id: id, code: 'TEN-OFF' }]);
    expect((await ask('GET', `simulations/${unknown}`)).body.code).toBe('simulation_unknown');
  });

  test('twenty wait at most', async () => {
    const start = () =>
      startingSimulation(taken.app.simulator, ctxOf(taken.org), { definition: TEN_OFF, ...DAYS });
    const ids: string[] = [];
    for (let at = 0; at < 20; at++)
      ids.push((await taken.db.transact([taken.org], (await start()).write)).id);
    const reply = await ask('POST', 'simulations', { definition: TEN_OFF });
    expect([reply.status, reply.body.code]).toEqual([409, 'simulations_waiting']);
    for (const id of ids) await ask('POST', `simulations/${id}/cancel`);
  });
});

describe('npx tillback simulate', () => {
  const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'tillback-simulate-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (args: readonly string[], lang = 'en') =>
    spawnSync(process.execPath, [MAIN, 'simulate', ...args], {
      encoding: 'utf8',
      env: {
        ...process.env,
        DATABASE_URL: taken.db.url,
        DATA_DIR: join(folder, 'data'),
        LC_ALL: lang,
      },
    });
  const days = ['--from', DAYS.from, '--to', DAYS.to];

  test('tries a live offer, and tells it as JSON', () => {
    const { status, stdout, stderr } = run([
      '--offer',
      'POINT-PER-YUAN',
      '--org',
      'tickets',
      ...days,
      '--json',
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'POINT-PER-YUAN',
      version: 1,
      state: 'done',
      result: { unit: 'points', offer: { kinds: [{ kind: 'points', reversed: 10_850 }] } },
    });
  });

  test.each([
    [
      'en',
      /TEN-OFF \(draft\)[^]*13170\.00 yuan[^]*Bought anyway: 0\.0 % of the grants[^]*Budget gift-house: 2000\.00[^]*BACK-2/,
    ],
    [
      'zh_CN.UTF-8',
      /TEN-OFF \(草稿\)[^]*13170\.00 元[^]*本来就会买: 0\.0 %[^]*预算 gift-house: 2000\.00[^]*BACK-2/,
    ],
  ])('tries an offer of a file, and tells it for people: %s', (lang, said) => {
    const file = join(folder, 'offer.json');
    writeFileSync(file, JSON.stringify(TEN_OFF));
    const { status, stdout } = run(['--offer', file, '--org', 'tickets', ...days], lang);
    expect(stdout).toMatch(said);
    expect(status).toBe(0);
  });

  test.each([
    [['--offer', 'NONE', '--org', 'tickets'], /no offer NONE/],
    [['--offer', 'none.json', '--org', 'tickets'], /none\.json/],
    [['--offer', 'BACK-2', '--org', 'nobody'], /no org with the code nobody/],
    [['--offer', 'BACK-2'], /2 merchants: .*tickets[^]*--org/],
    [
      ['--offer', 'BACK-2', '--org', 'tickets', '--from', '2011-02-01', '--to', '2011-01-01'],
      /not after its last/,
    ],
  ])('%j is refused in plain words', (args, said) => {
    const { status, stdout, stderr } = run(args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(said);
  });
});

test('publishing keeps the forecast of exactly that definition, and it is held against the books', async () => {
  const { app, org } = taken;
  const { body: offer } = await ask('POST', 'offers', { ...TEN_OFF, code: 'FORESEEN' });
  const { offer_id: id } = offer;
  expect((await ask('GET', `offers/${id}/forecast`)).body.code).toBe('forecast_missing');
  const { simulation_id } = await simulated({ offer_id: id, ...DAYS });
  expect((await ask('POST', `offers/${id}/publish`)).status).toBe(200);
  const { value } = await app.orgs.get(org);
  const [sku] = (await app.simulator.past.page(org, DAYS, null, 1)).items.flatMap((sale) =>
    sale.kind === 'sale' ? sale.facts.lines.map((line) => line.sku) : [],
  );
  const [member] = await app.simulator.past.buyers(org, DAYS);
  const input = {
    store: value.storeByCode.get('main')!.id,
    lines: [{ sku: sku!, quantity: 1, amount: 45_000 }],
    override_reason: 'test',
    tenders: [{ kind: 'cash' as const }],
    member: { memberId: member!.member },
  };
  const key = { idempotencyKey: 'foreseen', requestHash: Buffer.alloc(32) };
  await takePayment(app.till, ctxOf(org), key, input, 'import');
  const { status, body } = await ask('GET', `offers/${id}/forecast`);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({ version: 1, simulation_id, simulated: DAYS });
  expect(body.days.from).toBe(body.days.to);
  const [payer] = body.payers;
  expect(payer).toMatchObject({ kind: 'discount', party: 'merchant', actual: 3_000, reversed: 0 });
  expect(payer.expected).toBeGreaterThan(0);
  expect(payer.difference).toBe(3_000 - payer.expected);
});
