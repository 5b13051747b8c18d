import { closeRooms, load, makeBed, openRooms, serve } from './bench-server.ts';
import { type Bench, interleaved, median, rounded } from './figure.ts';
import { findPgbench, initPgbench, REFERENCE, runPgbench } from './pgbench.ts';
import { buildStage, planSales } from './stage.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);

/**
 * The full sale over HTTP, durable: 3 lines, member, 100 live offers, points and cashback; against pgbench on
 * the same server, with 256 and 16 callers, over 20 merchants and over one.
 */
export const saleHttp: Bench = async (tell) => {
  const pgbench = findPgbench();
  if (!pgbench)
    throw new Error('pgbench is missing; install it with: apt-get install postgresql-15');
  const bed = await makeBed();
  try {
    const reference = await bed.database('reference');
    await initPgbench(pgbench, reference);
    const url = await bed.database('sales');
    const app = await openRooms(url);
    const merchants = await buildStage(app, {
      merchants: 20,
      offers: 100,
      products: 60,
      members: 200,
    });
    await closeRooms(app, url);
    const served = await serve(bed, url);
    try {
      const everyone = planSales(merchants, 20_000);
      const hot = planSales(merchants.slice(0, 1), 5_000);
      await load(bed, served.port, everyone, { callers: 256, seconds: SECONDS });
      for (const [name, plan, callers] of [
        ['sale.http.256', everyone, 256],
        ['sale.http.16', everyone, 16],
        ['sale.http.256.hot', hot, 256],
      ] as const) {
        const p99: number[] = [];
        const p50: number[] = [];
        const paired = await interleaved(
          3,
          () => runPgbench(pgbench, reference, SECONDS),
          async () => {
            const result = await load(bed, served.port, plan, { callers, seconds: SECONDS });
            p99.push(result.p99Ms);
            p50.push(result.p50Ms);
            return result.perSecond;
          },
        );
        const against = `${REFERENCE}: ${rounded(paired.reference, 0)}/s`;
        tell({
          name,
          value: rounded(paired.ours, 0),
          unit: 'sales/s',
          reference: against,
          ratio: rounded(paired.ratio),
        });
        tell({
          name: `${name}.p50`,
          value: rounded(median(p50), 1),
          unit: 'ms',
          reference: null,
          ratio: null,
        });
        tell({
          name: `${name}.p99`,
          value: rounded(median(p99), 1),
          unit: 'ms',
          reference: null,
          ratio: null,
        });
      }
      tell({
        name: 'sale.http.memory',
        value: rounded(served.peakMb(), 0),
        unit: 'MB',
        reference: null,
        ratio: null,
      });
    } finally {
      await served.stop();
    }
  } finally {
    await bed.close();
  }
};
