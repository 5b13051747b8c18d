import { type Bench, median, rounded } from './figure.ts';
import { killOften } from '../test/crash/kill-often.ts';

const KILLS = Number(process.env['BENCH_KILLS'] ?? 200);

/**
 * Faults: SIGKILLs of the server, the postmaster, one of its processes, or server and postmaster, at random
 * moments of a load of sales, refunds and voids; what callers were told is then held against the books.
 */
export const faults: Bench = async (tell) => {
  const result = await killOften(KILLS, {
    onKill: (done) => done % 20 === 0 && console.error(`${done} of ${KILLS} kills`),
  });
  const { kills, sales, backs, lost, doubled, breaches, unexpected, died, outagesMs } = result;
  const by = Object.entries(kills).map(([target, count]) => `${target} ${count}`);
  const figures: [string, number, string, string | null][] = [
    [
      'faults.kills',
      Object.values(kills).reduce((sum, count) => sum + count, 0),
      'kills',
      by.join(', '),
    ],
    ['faults.acknowledged', sales + backs, 'answers', `${sales} sales, ${backs} refunds and voids`],
    ['faults.lost', lost.length, 'answers', lost[0] ?? null],
    ['faults.doubled', doubled.length, 'payments', doubled[0] ?? null],
    ['faults.breaches', breaches.length, 'invariants', breaches[0] ?? null],
    ['faults.unexpected', unexpected.length + died, 'answers', unexpected[0] ?? null],
    ['faults.restart.p50', rounded(median(outagesMs), 0), 'ms', null],
    ['faults.restart.max', rounded(Math.max(...outagesMs), 0), 'ms', null],
  ];
  for (const [name, value, unit, reference] of figures)
    tell({ name, value, unit, reference, ratio: null });
  if (lost.length + doubled.length + breaches.length + unexpected.length + died > 0)
    process.exitCode = 1;
};
