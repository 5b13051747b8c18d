import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { takePayment } from '#payments';
import { type Bed, closeRooms, makeBed, openRooms } from './bench-server.ts';
import { type Bench, interleaved, rounded } from './figure.ts';
import { multiplySales } from './multiply-sales.ts';
import type { SimulatedRun } from './simulate-run.ts';
import { buildStage, type Merchant, systemCtx } from './stage.ts';

const PAYMENTS = Number(process.env['BENCH_SIMULATE_PAYMENTS'] ?? 1_000_000);
const ROUNDS = Number(process.env['BENCH_SIMULATE_ROUNDS'] ?? 3);
const DAYS = 365;
const OFFERS = 100;
const MEMBERS = 2_000;

/**
 * An offer tried on a year of one merchant's payments, with and without it, beside 100 live offers, by the
 * command's own code in a process of its own. The reference reads the same rows and does nothing with them.
 */
export const simulate: Bench = async (tell) => {
  const bed = await makeBed();
  try {
    const { url, org } = await fill(bed);
    let sales = 0;
    let peakMb = 0;
    const { ours, reference, ratio } = await interleaved(
      ROUNDS,
      async () => (await run('read', url, org)).seconds,
      async () => {
        const ran = await run('simulate', url, org);
        sales = ran.sales;
        peakMb = Math.max(peakMb, ran.peakMb);
        return ran.seconds;
      },
    );
    const told = (name: string, value: number, unit: string) =>
      tell({ name: `simulate.${name}`, value, unit, reference: null, ratio: null });
    told('payments', sales, 'payments');
    tell({
      name: 'simulate.seconds',
      value: rounded(ours, 1),
      unit: 's',
      reference: `reading the same rows ${rounded(reference, 1)} s`,
      ratio: rounded(ratio, 2),
    });
    told('memory', Math.round(peakMb), 'MB');
  } finally {
    await bed.close();
  }
};

async function fill(bed: Bed): Promise<{ readonly url: string; readonly org: number }> {
  const url = await bed.database('simulated');
  const app = await openRooms(url);
  const [merchant] = await buildStage(app, {
    merchants: 1,
    offers: OFFERS,
    products: 60,
    members: MEMBERS,
  });
  const { org } = merchant as Merchant;
  const perDay = Math.ceil(PAYMENTS / DAYS);
  for (let from = 0; from < perDay; from += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, perDay - from) }, (_, at) =>
        sell(app, merchant!, from + at),
      ),
    );
  await closeRooms(app, url);
  await multiplySales(url, org, DAYS - 1);
  return { url, org };
}

function sell(app: Awaited<ReturnType<typeof openRooms>>, merchant: Merchant, at: number) {
  const { org, storeId, skus, phones } = merchant;
  const sku = (line: number) => skus[(at * 7 + line * 13) % skus.length] as string;
  const input = {
    store: storeId,
    lines: [0, 1, 2].map((line) => ({ sku: sku(line), quantity: 1 + (line === 2 ? 2 : 0) })),
    tenders: [{ kind: 'cash' as const }],
    ...(at % 10 < 7 && { member: { phone: phones[at % phones.length] as string } }),
  };
  const key = { idempotencyKey: `bench:${at}`, requestHash: Buffer.alloc(32) };
  return takePayment(app.till, systemCtx(org), key, input, 'api');
}

async function run(what: 'read' | 'simulate', url: string, org: number): Promise<SimulatedRun> {
  const args = [join(import.meta.dirname, 'simulate-run.ts'), what, url, String(org)];
  const child = spawn(process.execPath, ['--max-semi-space-size=16', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`simulate-run ${what} ended with ${String(code)}`);
  return JSON.parse(text) as SimulatedRun;
}
