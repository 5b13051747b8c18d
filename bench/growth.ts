import pg from 'pg';
import {
  type Bed,
  closeRooms,
  load,
  makeBed,
  openRooms,
  serve,
  type Served,
} from './bench-server.ts';
import { type Bench, median, rounded } from './figure.ts';
import type { Planned } from './load.ts';
import { multiply } from './multiply.ts';
import { buildStage, planSales } from './stage.ts';

const PAYMENTS = Number(process.env['BENCH_GROWTH_PAYMENTS'] ?? 1_000_000);
const PAIRS = Number(process.env['BENCH_GROWTH_PAIRS'] ?? 9);
/** Sold through the verbs; as many again warm each process up, so that the small database then has twice that. */
const SOLD = 5_000;
/** Short, so that the small database stays small. */
const SECONDS = 1;

/**
 * The cost of a sale as the books grow: its p50 over HTTP with 16 callers where 1,000,000 payments stand,
 * against where 10,000 do. Two databases on one server, each with a process of its own, in turns.
 */
export const growth: Bench = async (tell) => {
  const bed = await makeBed();
  try {
    const { small, large, plan } = await fill(bed);
    const few = await serve(bed, small);
    const many = await serve(bed, large);
    try {
      await sell(bed, few, plan, SOLD);
      await sell(bed, many, plan, SOLD);
      const counts = [await paymentsIn(small), await paymentsIn(large)] as const;
      const { fewMs, manyMs, ratios } = await measure(bed, few, many, plan);
      const reference = `${rounded(median(fewMs), 2)} ms with ${counts[0]} payments`;
      tell({
        name: 'growth.payments',
        value: counts[1],
        unit: 'payments',
        reference: `${counts[0]} payments`,
        ratio: rounded(counts[1] / counts[0], 1),
      });
      tell({
        name: 'growth.sale.p50',
        value: rounded(median(manyMs), 2),
        unit: 'ms',
        reference,
        ratio: rounded(median(ratios)),
      });
    } finally {
      await Promise.all([few.stop(), many.stop()]);
    }
  } finally {
    await bed.close();
  }
};

async function measure(bed: Bed, few: Served, many: Served, plan: readonly Planned[]) {
  const p50 = async ({ port }: Served) =>
    (await load(bed, port, plan, { callers: 16, seconds: SECONDS })).p50Ms;
  const fewMs: number[] = [];
  const manyMs: number[] = [];
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    // Each comes first in every other pair.
    const first = pair % 2 === 0 ? await p50(few) : undefined;
    const ours = await p50(many);
    const theirs = first ?? (await p50(few));
    fewMs.push(theirs);
    manyMs.push(ours);
    ratios.push(ours / theirs);
  }
  return { fewMs, manyMs, ratios };
}

async function fill(
  bed: Bed,
): Promise<{ readonly small: string; readonly large: string; readonly plan: readonly Planned[] }> {
  const small = await bed.database('small');
  const app = await openRooms(small);
  const merchants = await buildStage(app, {
    merchants: 20,
    offers: 100,
    products: 60,
    members: 200,
  });
  await closeRooms(app, small);
  const plan = planSales(merchants, 20_000);
  const served = await serve(bed, small);
  const sold = await sell(bed, served, plan, SOLD);
  await served.stop();
  const large = await bed.database('large', 'small');
  await multiply(large, Math.max(1, Math.round((PAYMENTS - SOLD) / sold) - 1));
  for (const url of [small, large]) await ask(url, 'vacuum (analyze)');
  await ask(large, 'checkpoint');
  return { small, large, plan };
}

/** Sells until `count` sales were answered. @returns how many were */
async function sell(
  bed: Bed,
  { port }: Served,
  plan: readonly Planned[],
  count: number,
): Promise<number> {
  let answered = 0;
  while (answered < count)
    answered += (await load(bed, port, plan, { callers: 64, seconds: 1 })).answered;
  return answered;
}

async function paymentsIn(url: string): Promise<number> {
  const [row] = await ask<{ count: string }>(url, 'select count(*) as count from payments.payment');
  return Number(row?.count);
}

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, options: '-c statement_timeout=0' });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
