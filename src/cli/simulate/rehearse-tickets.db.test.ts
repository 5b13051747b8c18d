import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orgByCode } from '#merchants';
import { type GrantedDay, newTrial, type PastPlace, tellOffer, trySale, tryRefund } from '#offers';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { type App, openApp } from '../../app.ts';
import { replayFile } from '../replay/replay-file.ts';

const SMALL = fileURLToPath(
  new URL('../../../sim/tickets/online-retail-small.csv.gz', import.meta.url),
);

let db: FreshDatabase;
let app: App;
let org: number;
beforeAll(async () => {
  db = await freshDatabase();
  app = await openApp({ db, vault: openVault(Buffer.alloc(32, 7)), log: silentLog() });
  await replayFile(app, { file: SMALL });
  org = (await orgByCode(db, 'replay-online-retail-small'))!.id;
}, 120_000);
afterAll(async () => {
  await app?.close();
  await db?.drop();
});

test('what is rehearsed on past sales is what the verbs decided, per offer, day and payer', async () => {
  const { past, live } = app.simulator;
  const span = (await past.span(org))!;
  const { set } = await live.get(org);
  const budgets = new Map<string, number>();
  for (const { benefits } of set.offers)
    for (const { payers } of benefits)
      for (const { payer } of payers) if (payer.budget) budgets.set(payer.budget, payer.funderOrg!);
  const begun = await Promise.all(
    [...budgets].map(async ([budget, funderOrg]) => ({
      budget,
      funderOrg,
      start: await past.budgetAt(org, funderOrg, budget, span.from),
    })),
  );
  const trial = newTrial(set, span, new Map(), begun);
  let place: PastPlace | null = null;
  do {
    const page = await past.page(org, span, place, 100);
    for (const event of page.items) {
      if (event.kind === 'sale') trySale(trial, set, event, { member: null, tier: null });
      else tryRefund(trial, event);
    }
    place = page.next;
  } while (place !== null);
  const told = [...trial.report.offers.values()].map((sums) => tellOffer(sums, span));
  const rehearsed = told.flatMap(({ offer_id, kinds }) =>
    kinds.flatMap(({ kind, payers }) =>
      payers.flatMap(({ days, funder_org, budget, party }) =>
        days.map(({ period, amount, reversed }) => ({
          offer: offer_id,
          day: period,
          kind,
          party,
          funder_org,
          budget,
          amount,
          reversed,
        })),
      ),
    ),
  );
  const real = (await past.granted(org, span, null)).map((row: GrantedDay) => ({
    offer: row.offer,
    day: row.day,
    kind: row.kind,
    party: row.party,
    funder_org: row.funderOrg ?? null,
    budget: row.budget ?? null,
    amount: row.amount,
    reversed: row.reversed,
  }));
  const sorted = (rows: typeof rehearsed) => rows.map((row) => JSON.stringify(row)).toSorted();
  expect(sorted(rehearsed)).toEqual(sorted(real));
});
