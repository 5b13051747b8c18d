import { pause, steadyMs } from '#platform/clock';
import { isLost } from '#platform/db/lost';
import type { Database } from '#platform/db/transact';
import { abandonBatch, beginBatch, type Begun, carryOutBatch, type Held } from './batch.ts';
import type { BatchDecision, Queued } from './decide-batch.ts';

export interface LaneSettings {
  /** The most intents of one batch. */
  readonly batchMax: number;
  /** The most wants of one batch over all its intents, so that one write of huge tickets stays bounded. */
  readonly wantsMax: number;
  /** For how long a lost database is tried again before the callers are told. */
  readonly patienceMs: number;
}

interface Lane {
  push(queued: Queued): void;
  /** Resolves when nothing is queued or in flight. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * One lane of the record: collects intents while the batch before is being written, then locks, decides and
 * writes them all in one transaction. While a batch commits, the next one asks for its locks already. A batch
 * that fails is halved until the poison item is alone; a lost connection is opened again and the batch
 * repeated, which the stored answers make harmless.
 */
export function openLane(db: Database, settings: LaneSettings): Lane {
  const queue: Queued[] = [];
  const connection = connectionOf(db);
  let running: Promise<void> | undefined;
  const run = async () => {
    let next: Begun | undefined;
    while (next || queue.length > 0) {
      next = await runBatch(connection, queue, next, settings);
    }
    running = undefined;
  };
  return {
    push(queued) {
      queue.push({ ...queued, since: steadyMs() });
      // One turn of the event loop gathers what arrives together.
      running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(run);
    },
    async idle() {
      while (running) await running;
    },
    async close() {
      while (running) await running;
      await connection.drop();
    },
  };
}

/** Runs one batch: the one begun behind the batch before, or the next of the queue. @returns the one begun behind it */
async function runBatch(
  connection: Connection,
  queue: Queued[],
  begun: Begun | undefined,
  settings: LaneSettings,
): Promise<Begun | undefined> {
  const batch = begun?.batch ?? takeBatch(queue, settings);
  let held: Held | undefined;
  let next: Begun | undefined;
  try {
    held = await connection.get();
    const client = held;
    const decision = await carryOutBatch(client, begun ?? beginBatch(client, batch), () => {
      if (queue.length > 0) next = begunOf(client, takeBatch(queue, settings), queue);
    });
    answer(batch, decision);
    return next;
  } catch (error) {
    if (held && next) {
      queue.unshift(...next.batch);
      await abandonBatch(held, next);
    }
    await recover(connection, batch, settings, error);
    return undefined;
  }
}

/** Begins a batch behind another; one that cannot be begun waits its turn and is told then. */
function begunOf(held: Held, batch: Queued[], queue: Queued[]): Begun | undefined {
  try {
    return beginBatch(held, batch);
  } catch {
    queue.unshift(...batch);
    return undefined;
  }
}

interface Connection {
  get(): Promise<Held>;
  drop(): Promise<void>;
}

function connectionOf(db: Database): Connection {
  let held: Held | undefined;
  return {
    async get() {
      return (held ??= { client: await db.lane(), remembered: new Set() });
    },
    async drop() {
      const dropped = held?.client;
      held = undefined;
      // A connection that broke may never answer to its end.
      await Promise.race([dropped?.end().catch(() => undefined), pause(500)]);
    },
  };
}

function takeBatch(queue: Queued[], { batchMax, wantsMax }: LaneSettings): Queued[] {
  let wants = 0;
  let size = 0;
  while (size < queue.length && size < batchMax && (size === 0 || wants < wantsMax)) {
    wants += (queue[size] as Queued).intent.needs.length;
    size++;
  }
  return queue.splice(0, size);
}

function answer(batch: readonly Queued[], { results }: BatchDecision): void {
  batch.forEach(({ resolve, reject }, index) => {
    const result = results[index] as BatchDecision['results'][number];
    if (result.kind === 'failed') reject(result.error);
    else resolve(result);
  });
}

async function settle(
  connection: Connection,
  batch: readonly Queued[],
  settings: LaneSettings,
  raced = false,
): Promise<void> {
  try {
    answer(batch, await untilReachable(connection, batch, settings.patienceMs));
  } catch (error) {
    if (isLost(error)) return batch.forEach(({ reject }) => reject(error));
    await recover(connection, batch, settings, error, raced);
  }
}

/** Carries on after a batch failed: again where the failure passes, else in halves until the poison item is alone. */
async function recover(
  connection: Connection,
  batch: readonly Queued[],
  settings: LaneSettings,
  error: unknown,
  raced = false,
): Promise<void> {
  if (isLost(error)) {
    await connection.drop();
    return settle(connection, batch, settings, raced);
  }
  if (!raced && isRaced(error)) return settle(connection, batch, settings, true);
  if (batch.length === 1) return batch.forEach(({ reject }) => reject(error));
  const half = batch.length >> 1;
  await settle(connection, batch.slice(0, half), settings);
  await settle(connection, batch.slice(half), settings);
}

/** Unique violation, serialisation failure, deadlock: another process was first; seen again, the batch finds its way. */
const RACED = new Set(['23505', '40001', '40P01']);

function isRaced(error: unknown): boolean {
  return RACED.has((error as { code?: string }).code ?? '');
}

async function untilReachable(
  connection: Connection,
  batch: readonly Queued[],
  patienceMs: number,
): Promise<BatchDecision> {
  for (let waited = 0, step = 25; ; step = Math.min(step * 2, 1000)) {
    try {
      const held = await connection.get();
      return await carryOutBatch(held, beginBatch(held, batch));
    } catch (error) {
      if (!isLost(error)) throw error;
      await connection.drop();
      if (waited >= patienceMs) throw error;
      waited += step;
      await pause(step);
    }
  }
}
