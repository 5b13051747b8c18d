import { hash } from 'node:crypto';
import { newId } from '#kernel/ids';
import { account, type Journal, ledgerPart } from '#ledger';
import { realNow } from '#platform/clock';
import { migrate } from '#platform/db/migrate';
import { openDatabase } from '#platform/db/transact';
import type { Intent } from '#platform/record/intent';
import { item, need } from '#platform/record/part';
import { openRecorder, type Recorder } from '#platform/record/record';
import { makeBed } from './bench-server.ts';
import { type Bench, interleaved, median, quantile, rounded } from './figure.ts';
import { initPgbench, needPgbench, REFERENCE, runPgbench } from './pgbench.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const ORGS = 200;
const MEMBERS = 100;
const FIRST_ORG = 1_000;
const PURSE = 1_000_000_000_000;

/**
 * The ledger alone: journals of seven legs over two checked accounts through the recorder in this process,
 * each with its idempotency key, durable when it is answered; 200 books of 100 members; against pgbench.
 */
export const ledger: Bench = async (tell) => {
  const pgbench = needPgbench();
  const bed = await makeBed();
  try {
    const reference = await bed.database('reference');
    await initPgbench(pgbench, reference);
    const url = await bed.database('ledger');
    await migrate(url);
    const db = openDatabase(url);
    const recorder = openRecorder(db);
    try {
      await fillPurses(recorder);
      await post(recorder, { callers: 256, seconds: Math.min(SECONDS, 5) });
      for (const callers of [256, 16]) {
        const p99: number[] = [];
        const paired = await interleaved(
          3,
          () => runPgbench(pgbench, reference, SECONDS),
          async () => {
            const run = await post(recorder, { callers, seconds: SECONDS });
            p99.push(run.p99Ms);
            return run.perSecond;
          },
        );
        const name = `ledger.journals.${callers}`;
        const against = `${REFERENCE}: ${rounded(paired.reference, 0)}/s`;
        tell({
          name,
          value: rounded(paired.ours, 0),
          unit: 'journals/s',
          reference: against,
          ratio: rounded(paired.ratio),
        });
        tell({
          name: `${name}.p99`,
          value: rounded(median(p99), 1),
          unit: 'ms',
          reference: null,
          ratio: null,
        });
      }
    } finally {
      await recorder.close();
      await db.close();
    }
  } finally {
    await bed.close();
  }
};

interface Run {
  readonly perSecond: number;
  readonly p99Ms: number;
}

/** Each caller posts its next journal when the one before is durable. */
async function post(
  recorder: Recorder,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<Run> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let next = 0;
  const caller = async () => {
    for (let began = performance.now(); began < end; began = performance.now()) {
      const turn = next++;
      await done(
        recorder,
        payment(FIRST_ORG + (turn % ORGS), memberOf(Math.imul(turn, 0x9e37_79b1) >>> 8)),
      );
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const elapsed = (performance.now() - start) / 1000;
  return { perSecond: latencies.length / elapsed, p99Ms: quantile(latencies, 0.99) };
}

async function fillPurses(recorder: Recorder): Promise<void> {
  for (let org = FIRST_ORG; org < FIRST_ORG + ORGS; org += 2) {
    const filling = [org, org + 1].flatMap((book) =>
      Array.from({ length: MEMBERS }, (_, at) => done(recorder, purse(book, memberOf(at)))),
    );
    await Promise.all(filling);
  }
}

async function done(recorder: Recorder, intent: Intent): Promise<void> {
  const { kind } = await recorder.record(intent);
  if (kind !== 'recorded') throw new Error(`a journal was ${kind}`);
}

const memberOf = (at: number): string => `member-${at % MEMBERS}`;

function purse(org: number, member: string): Intent {
  const legs = [
    { account: account('1010'), amount: PURSE },
    { account: account('2031', member), amount: -PURSE },
  ];
  return intentOf(org, { kind: 'bench.purse', legs }, member);
}

/** 100 yuan, 10 of them from the member's purse and 3 on the member's account, with a fee and 100 points provided for. */
function payment(org: number, member: string): Intent {
  const legs = [
    { account: account('1010'), amount: 8_640 },
    { account: account('5030'), amount: 60 },
    { account: account('2031', member), amount: 1_000 },
    { account: account('1230', member), amount: 300 },
    { account: account('3010', 'store'), amount: -10_000 },
    { account: account('5040', 'club'), amount: 80 },
    { account: account('2211', 'club'), amount: -80 },
  ];
  return intentOf(org, { kind: 'bench.sale', legs }, member);
}

function intentOf(org: number, posting: Pick<Journal, 'kind' | 'legs'>, member: string): Intent {
  const journalId = newId();
  const at = {
    source: journalId,
    occurredAt: realNow(),
    valueDate: '2026-11-21',
    actor: 'system:bench',
  };
  return {
    org,
    idempotency: {
      principal: 'system:bench',
      key: journalId,
      hash: hash('sha256', journalId, 'buffer'),
    },
    needs: [
      need(ledgerPart, org, { account: account('2031', member) }),
      need(ledgerPart, org, { account: account('1230', member) }),
    ],
    decide: () => ({
      kind: 'accept',
      status: 201,
      answer: `{"journal_id":"${journalId}"}`,
      items: [item(ledgerPart, org, { journalId, ...posting, ...at })],
    }),
  };
}
