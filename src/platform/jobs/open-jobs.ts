import { PgBoss } from 'pg-boss';
import type { Database, Tx } from '#platform/db/transact';
import { JOBS_SCHEMA } from './install-jobs.ts';

/** Work of one kind in the background: reports and imports, never money. */
export interface JobKind<Data extends object = object> {
  readonly name: string;
  /**
   * Carries a job out, or goes on with one that was interrupted. What it throws puts the job back into the
   * queue; what cannot succeed it must note itself and return.
   * @param signal aborted when the process stops, or another took the job over
   */
  readonly work: (data: Data, signal: AbortSignal) => Promise<void>;
}

export interface JobsSettings {
  readonly db: Database;
  readonly kinds: readonly JobKind[];
  /** Whether this process carries jobs out; without it, it only sends them. */
  readonly working: boolean;
  readonly onError: (error: unknown) => void;
  /** How often the queue is looked at, in ms; what this process sends it looks for at once. */
  readonly pollMs?: number;
}

/** Sends a job in the caller's transaction: it is there when that is committed. */
export type SendJob = (tx: Tx, data: object, key: string) => Promise<void>;

export interface Jobs {
  /**
   * Reads what sending needs, outside of any transaction. Of jobs with the same key one runs at a time; two
   * processes that look in the same moment may take one each, so what must not overlap holds a lock as well.
   */
  sender(name: string): Promise<SendJob>;
  /** Looks for jobs at once; to be called after a sending transaction. */
  wake(name: string): void;
  /** Interrupts what is running, which goes back into the queue, and stops. */
  close(): Promise<void>;
}

const POLL_MS = 5_000;
/** After so long a job that has ended is noted, and the next of its key can begin. */
const SETTLED_MS = 200;
const SUPERVISE_S = 10;

/** A job whose process is gone is given to another when its heartbeat has failed so long. */
const QUEUE = {
  retryLimit: 20,
  retryDelay: 1,
  heartbeatSeconds: 10,
  expireInSeconds: 6 * 3_600,
};

function bossOf({ db, working, onError }: JobsSettings): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    schema: JOBS_SCHEMA,
    migrate: false,
    schedule: false,
    supervise: working,
    reindex: false,
    monitorVacuum: false,
    flowIntervalSeconds: 3_600,
    superviseIntervalSeconds: SUPERVISE_S,
    monitorIntervalSeconds: SUPERVISE_S,
  });
  boss.on('error', onError);
  return boss;
}

/** Opens the job queue. It starts with the first use where this process does not work itself. */
export function openJobs(settings: JobsSettings): Jobs {
  const { kinds, working } = settings;
  const boss = bossOf(settings);
  const stop = new AbortController();
  const running = new Set<Promise<unknown>>();
  const workers = new Map<string, string>();

  const start = async () => {
    await boss.start();
    for (const { name } of kinds) await boss.createQueue(name, QUEUE);
    if (!working || stop.signal.aborted) return;
    for (const kind of kinds) workers.set(kind.name, await carryOut(kind));
  };
  const carryOut = ({ name, work }: JobKind) =>
    boss.work<object>(
      name,
      { pollingIntervalSeconds: (settings.pollMs ?? POLL_MS) / 1000, groupConcurrency: 1 },
      async ([job]) => {
        if (!job) return;
        const done = work(job.data, AbortSignal.any([stop.signal, job.signal]));
        const settled = done.catch(() => undefined);
        running.add(settled);
        await done.finally(() => {
          running.delete(settled);
          setTimeout(() => wake(name), SETTLED_MS).unref();
        });
      },
    );

  const wake = (name: string) => {
    const worker = workers.get(name);
    if (worker !== undefined) boss.notifyWorker(worker);
  };

  let started: Promise<void> | undefined;
  const ready = () => (started ??= start());
  if (working) ready().catch(settings.onError);

  return {
    async sender(name) {
      await ready();
      return async (tx, data, key) => {
        const within = {
          executeSql: async (text: string, values?: unknown[]) => ({
            rows: await tx.query(text, values),
          }),
        };
        const sent = await boss.send(name, data, { group: { id: key }, db: within });
        if (sent === null) throw new Error(`a job of ${name} was not taken into the queue`);
      };
    },
    wake,
    async close() {
      stop.abort();
      if (started === undefined) return;
      await started.catch(() => undefined);
      await Promise.all(running);
      await boss.stop({ graceful: false, close: false });
    },
  };
}
