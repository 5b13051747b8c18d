import type pg from 'pg';
import { Refused } from '#kernel/refusal';
import { pause, steadyMs } from '#platform/clock';
import { freshPlans } from '#platform/db/fresh-plans';
import { joining } from '#platform/db/joined';
import { isLost } from '#platform/db/lost';
import { together } from '#platform/db/together';
import { type Database, markInside, orgsSetting, txOf } from '#platform/db/transact';
import { overloaded } from '#platform/http/refusals';
import { type BatchDecision, decideBatch, type Queued } from './decide-batch.ts';
import { idemPart } from './idem-part.ts';
import { need, type AnyPart, type Scoped } from './part.ts';

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

/** Ids are made when an intent is; the chain is sealed behind the oldest that may still be written. */
const WAIT_MS_MAX = 30_000;

/**
 * One lane of the record: collects intents while the batch before is being written, then locks, decides
 * and writes them all in one transaction. A batch that fails is halved until the poison item is alone; a
 * lost connection is opened again and the batch repeated, which the stored answers make harmless.
 */
export function openLane(db: Database, settings: LaneSettings): Lane {
  const queue: Queued[] = [];
  const connection = connectionOf(db);
  let running: Promise<void> | undefined;
  const run = async () => {
    while (queue.length > 0) {
      await settle(connection, takeBatch(queue, settings), settings);
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

interface Connection {
  get(): Promise<Held>;
  drop(): Promise<void>;
}

interface Held {
  readonly client: pg.Client;
  readonly remembered: Set<string>;
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

async function settle(
  connection: Connection,
  batch: readonly Queued[],
  settings: LaneSettings,
  raced = false,
): Promise<void> {
  try {
    const { results } = await untilReachable(connection, batch, settings.patienceMs);
    batch.forEach(({ resolve, reject }, index) => {
      const result = results[index] as BatchDecision['results'][number];
      if (result.kind === 'failed') reject(result.error);
      else resolve(result);
    });
  } catch (error) {
    // Another process stored the answer to the same key first: seen again, the batch replays it.
    if (!raced && isTaken(error)) return settle(connection, batch, settings, true);
    if (batch.length === 1 || isLost(error)) return batch.forEach(({ reject }) => reject(error));
    const half = batch.length >> 1;
    await settle(connection, batch.slice(0, half), settings);
    await settle(connection, batch.slice(half), settings);
  }
}

function isTaken(error: unknown): boolean {
  return (error as { code?: string }).code === '23505';
}

async function untilReachable(
  connection: Connection,
  batch: readonly Queued[],
  patienceMs: number,
): Promise<BatchDecision> {
  for (let waited = 0, step = 25; ; step = Math.min(step * 2, 1000)) {
    try {
      return await runBatch(await connection.get(), batch);
    } catch (error) {
      if (!isLost(error)) throw error;
      await connection.drop();
      if (waited >= patienceMs) throw error;
      waited += step;
      await pause(step);
    }
  }
}

async function runBatch(
  { client, remembered }: Held,
  batch: readonly Queued[],
): Promise<BatchDecision> {
  const waitedMs = steadyMs() - ((batch[0] as Queued).since ?? Infinity);
  if (waitedMs > WAIT_MS_MAX) throw new Refused(overloaded());
  return markInside(async () => {
    const tx = txOf(client, remembered);
    const wants = wantsOf(batch);
    const parts = [...wants.keys()].sort((a, b) => a.rank - b.rank);
    freshPlans(client);
    const [began, locking] = together(client, () => [
      Promise.allSettled<unknown>([client.query(`begin; ${orgsSetting(orgsOf(batch))}`)]),
      Promise.allSettled(parts.map((part) => part.lock(tx, wants.get(part) as Scoped<unknown>[]))),
    ]);
    try {
      values(await began);
      const locked = await locking;
      const states = new Map(
        values(locked).map((state, index) => [parts[index] as AnyPart, state]),
      );
      const decision = decideBatch(batch, states);
      const writing = [...decision.writes.keys()].sort((a, b) => a.rank - b.rank);
      const writes = together(client, () => {
        const joined = joining(tx);
        const parts = writing.map((part) =>
          part.write(joined.tx, decision.writes.get(part) as Scoped<unknown>[], states.get(part)),
        );
        joined.send();
        return parts;
      });
      // The commit waits for the row counts: what is not as decided must not stand.
      values(await Promise.allSettled(writes));
      const done: pg.QueryResult = await client.query('commit');
      if (done.command !== 'COMMIT') throw new Error('the batch was rolled back by the server');
      for (const [part, items] of decision.writes) part.committed?.(items);
      return decision;
    } catch (error) {
      remembered.clear();
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

/** The values of settled promises; throws the first failure, which explains those that follow it. */
function values<T>(settled: readonly PromiseSettledResult<T>[]): T[] {
  const failed = settled.find(
    (result) => result.status === 'rejected' && !isAfterFailure(result.reason),
  );
  const rejected = failed ?? settled.find((result) => result.status === 'rejected');
  if (rejected?.status === 'rejected') throw rejected.reason;
  return settled.map((result) => (result as PromiseFulfilledResult<T>).value);
}

function isAfterFailure(error: { code?: string }): boolean {
  return error.code === '25P02';
}

function wantsOf(batch: readonly Queued[]): Map<AnyPart, Scoped<unknown>[]> {
  const wants = new Map<AnyPart, Scoped<unknown>[]>();
  for (const { intent } of batch) {
    for (const { part, org, value } of [
      need(idemPart, intent.org, intent.idempotency),
      ...intent.needs,
    ]) {
      const list = wants.get(part);
      if (list) list.push({ org, value });
      else wants.set(part, [{ org, value }]);
    }
  }
  return wants;
}

function orgsOf(batch: readonly Queued[]): number[] {
  const orgs = new Set<number>();
  for (const { intent } of batch) {
    orgs.add(intent.org);
    for (const other of intent.others ?? []) orgs.add(other);
  }
  return [...orgs];
}
