import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  getSimulation,
  newTrial,
  type PastPlace,
  planSimulation,
  simulateNow,
  startingSimulation,
  tellOffer,
  type Trial,
  tryRefund,
  trySale,
} from '#offers';
import { systemCtx } from '../system-ctx.ts';
import { RICH_OFFERS } from './rich-offers.fixture.ts';
import { DAYS, type Taken, takeTickets } from '../../../test/tickets-stage.ts';

const SLOWLY = fileURLToPath(new URL('./simulate-slowly.fixture.ts', import.meta.url));

const taken: Taken[] = [];
beforeAll(async () => {
  taken.push(await takeTickets(), await takeTickets({ offers: RICH_OFFERS }));
}, 240_000);
afterAll(() => Promise.all(taken.map((each) => each.close())));

/** Rehearses what is live on what was sold, with what the budgets held when it began. */
async function rehearsed({ app, org }: Taken, pageSize: number): Promise<Trial> {
  const { past, live } = app.simulator;
  const { set } = await live.get(org);
  const payers = set.offers.flatMap(({ benefits }) => benefits.flatMap((each) => each.payers));
  const funders = new Map(payers.map(({ payer }) => [payer.budget, payer.funderOrg]));
  funders.delete(undefined);
  const begun = [...funders].map(async ([budget, funderOrg]) => ({
    budget: budget!,
    funderOrg: funderOrg!,
    start: await past.budgetAt(org, funderOrg!, budget!, DAYS.from),
  }));
  const trial = newTrial(set, DAYS, new Map(), await Promise.all(begun));
  let place: PastPlace | null = null;
  do {
    const page = await past.page(org, DAYS, place, pageSize);
    for (const event of page.items) {
      if (event.kind === 'sale') trySale(trial, set, event, { member: null, tier: null });
      else tryRefund(trial, { set, planBack: past.planBack }, event);
    }
    place = page.next;
  } while (place !== null);
  return trial;
}

/** Per offer, kind, payer and day, as text; what nobody pays for stands under the merchant. */
function rowsOf(trial: Trial): string[] {
  const told = [...trial.report.offers.values()].map((sums) => tellOffer(sums, DAYS));
  return told
    .flatMap(({ offer_id, kinds }) =>
      kinds.flatMap(({ kind, payers, days: all }) => {
        const unpaid = { party: 'merchant', funder_org: null, budget: null, days: all } as const;
        return (payers.length > 0 ? payers : [unpaid]).flatMap(
          ({ party, funder_org, budget, days }) =>
            days
              .filter(({ amount, reversed }) => amount > 0 || reversed > 0)
              .map(({ period, amount, reversed }) =>
                [offer_id, kind, party, funder_org, budget, period, amount, reversed].join(' '),
              ),
        );
      }),
    )
    .toSorted();
}

async function bookRows({ app, org }: Taken): Promise<string[]> {
  const days = await app.simulator.past.granted(org, DAYS, null);
  return days
    .filter(({ amount, reversed }) => amount > 0 || reversed > 0)
    .map(({ offer, kind, party, funderOrg = null, budget = null, day, amount, reversed }) =>
      [offer, kind, party, funderOrg, budget, day, amount, reversed].join(' '),
    )
    .toSorted();
}

test.each([
  ['the default set', 0, 5_000],
  ['the default set, a few sales at a time', 0, 7],
  ['limits, caps, budgets and competition', 1, 5_000],
])('%s: what is rehearsed is what the verbs decided, to the fen', async (_name, at, pageSize) => {
  const trial = await rehearsed(taken[at]!, pageSize);
  const books = await bookRows(taken[at]!);
  expect(rowsOf(trial)).toEqual(books);
  expect(books.length).toBeGreaterThan(500);
});

test('a budget is followed to its end, over what refunds bring back', async () => {
  const trial = await rehearsed(taken[0]!, 5_000);
  const [course] = trial.courses.values();
  expect(course).toMatchObject({ start: 200_000, drawn: 203_570, returned: 3_570, left: 0 });
  expect(course?.closed?.by.day).toMatch(/^2011-/);
});

const definition = {
  code: 'EVERY-THIRD',
  name: { zh: '每月第三单返 10 元', en: '10 back on every third sale of a month' },
  schedule: { from: '2010-01-01' },
  conditions: { type: 'history', measure: 'count', window: { type: 'month' }, every: 3 },
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'fixed', amount: 1_000 },
      timing: { type: 'business_days', days: 3 },
    },
  ],
};

const ctx = () => systemCtx(taken[0]!.org, 'test', taken[0]!.app.clocks.now(taken[0]!.org));

/** @param killAfter sales; 0: it comes to its end */
async function runApart(id: string, killAfter: number): Promise<{ first: number; last: string }> {
  const child = spawn(process.execPath, [SLOWLY, taken[0]!.db.url, String(taken[0]!.org), id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let first = -1;
  let last = '';
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split('\n')) {
      last = line;
      if (first < 0) first = Number(line);
      if (killAfter > 0 && Number(line) >= killAfter) child.kill('SIGKILL');
    }
  });
  await once(child, 'close');
  return { first, last };
}

test('killed in the middle, twice, it goes on from where it stood and finds what an unbroken run finds', async () => {
  const { app, org } = taken[0]!;
  const asked = { definition, ...DAYS };
  const { write } = await startingSimulation(app.simulator, ctx(), asked);
  const simulation = await app.db.transact([org], write);
  await planSimulation(app.simulator, org, simulation);
  await runApart(simulation.id, 250);
  const second = await runApart(simulation.id, 600);
  expect(second.first).toBeGreaterThan(100);
  const third = await runApart(simulation.id, 0);
  expect(third.first).toBeGreaterThan(450);
  expect(third.last).toBe('true');
  const resumed = await getSimulation(app.db, ctx(), simulation.id);
  expect(resumed).toMatchObject({ state: 'done', done: 886, total: 886 });
  const unbroken = await simulateNow(app.simulator, systemCtx(org, 'other', ctx().now), asked, {
    signal: new AbortController().signal,
  });
  expect(unbroken.id).not.toBe(resumed.id);
  expect(sameIds(resumed.result, simulation.id)).toEqual(sameIds(unbroken.result, unbroken.id));
  expect(unbroken.result?.offer.grants).toBeGreaterThan(20);
  const left = await app.db.read([org], (tx) =>
    tx.query('select part from offers.simulation_state where org_id = $1', [org]),
  );
  expect(left).toEqual([]);
}, 60_000);

/** An offer that was only sent along stands under its simulation's id. */
function sameIds(result: unknown, id: string): unknown {
  return JSON.parse(JSON.stringify(result).replaceAll(id, 'itself'));
}

test('interrupted and asked again in the same words, it goes on; asked by another, it begins anew', async () => {
  const { app, org } = taken[0]!;
  const asked = { definition: { ...definition, code: 'AGAIN' }, ...DAYS };
  const stop = new AbortController();
  const cut = simulateNow(app.simulator, ctx(), asked, {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(cut).rejects.toThrow('aborted');
  const again = await simulateNow(app.simulator, ctx(), asked, {
    signal: new AbortController().signal,
  });
  expect(again.state).toBe('done');
  const rows = await app.db.read([org], (tx) =>
    tx.query('select state from offers.simulation where org_id = $1 and code = $2', [org, 'AGAIN']),
  );
  expect(rows).toEqual([{ state: 'done' }]);
});
