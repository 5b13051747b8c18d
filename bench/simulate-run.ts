import { simulateNow } from '#offers';
import { openDatabase } from '#platform/db/transact';
import { steadyMs } from '#platform/clock';
import { openRooms } from './bench-server.ts';
import { systemCtx } from './stage.ts';

/** What a run of `bench/simulate.ts` in a process of its own tells. */
export interface SimulatedRun {
  readonly seconds: number;
  readonly sales: number;
  readonly peakMb: number;
}

const KIB = 1024;
const ROWS = 5_000;
const [what, url, org] = process.argv.slice(2) as ['read' | 'simulate', string, string];

/** Every third purchase of a member in a month gets 2 % back, at most 50 yuan a month, paid by two. */
const definition = {
  code: 'TRIED',
  name: { zh: '每月第三单返现', en: 'Cashback on every third sale of a month' },
  schedule: { from: '2020-01-01' },
  conditions: {
    type: 'all',
    of: [
      { type: 'basket_amount', min: 5_000 },
      { type: 'history', measure: 'count', window: { type: 'month' }, every: 3 },
    ],
  },
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'rate', rate: 20_000 },
      timing: { type: 'after_last', days: 3 },
    },
  ],
  funding: [
    { party: 'store', share: 300_000, cap: { per_month: 500_000 }, overflow: 'next' },
    { party: 'merchant', share: 700_000 },
  ],
  limits: { each: [{ per: 'member', window: { type: 'month' }, amount: 5_000 }] },
};

const began = steadyMs();
const sales = what === 'read' ? await read() : await simulated();
const told: SimulatedRun = {
  seconds: (steadyMs() - began) / 1_000,
  sales,
  peakMb: process.resourceUsage().maxRSS / KIB,
};
process.stdout.write(JSON.stringify(told));
process.exit(0);

async function simulated(): Promise<number> {
  const app = await openRooms(url);
  const ctx = systemCtx(Number(org));
  const { result } = await simulateNow(
    app.simulator,
    ctx,
    { definition: { ...definition, code: `TRIED-${process.pid}` }, months: 12 },
    { signal: new AbortController().signal },
  );
  return result?.past.sales ?? 0;
}

/** The rows that a simulation reads, in the same order and pages, and nothing done with them. */
async function read(): Promise<number> {
  const db = openDatabase(url, 1);
  let place = { day: '0001-01-01', key: '00000000-0000-0000-0000-000000000000' };
  let count = 0;
  for (;;) {
    const rows = await db.read([Number(org)], (tx) =>
      tx.query<{ day: string; key: string }>(
        `select business_day as day, coalesce(journal_id, payment_id) as key, lines::text, facts::text
           from payments.payment where org_id = $1 and (business_day, coalesce(journal_id, payment_id)) > ($2::date, $3::uuid)
            and business_day >= $2
          order by business_day, key limit ${ROWS}`,
        [Number(org), place.day, place.key],
      ),
    );
    count += rows.length;
    const last = rows.at(-1);
    if (rows.length < ROWS || !last) return count;
    place = last;
  }
}
