import type pg from 'pg';
import { Refused } from '#kernel/refusal';
import { steadyMs } from '#platform/clock';
import { freshPlans } from '#platform/db/fresh-plans';
import { joining } from '#platform/db/joined';
import { corked, together } from '#platform/db/together';
import { markInside, orgsSetting, txOf } from '#platform/db/transact';
import { overloaded } from '#platform/http/refusals';
import { type BatchDecision, decideBatch, type Queued } from './decide-batch.ts';
import { idemPart } from './idem-part.ts';
import { need, type AnyPart, type Scoped } from './part.ts';

/** A lane's connection, and what it knows to be committed. */
export interface Held {
  readonly client: pg.Client;
  readonly remembered: Set<string>;
}

/** A batch whose transaction is begun and whose locks are asked for. */
export interface Begun {
  readonly batch: readonly Queued[];
  readonly locked: Promise<ReadonlyMap<AnyPart, unknown>>;
}

/** Ids are made when an intent is; the chain is sealed behind the oldest that may still be written. */
const WAIT_MS_MAX = 30_000;

/**
 * Begins a batch: its transaction and the locks of its parts travel in one write. It may be begun while
 * the connection still commits the batch before.
 * @throws Refused if the batch waited too long
 */
export function beginBatch({ client, remembered }: Held, batch: readonly Queued[]): Begun {
  const waitedMs = steadyMs() - ((batch[0] as Queued).since ?? Infinity);
  if (waitedMs > WAIT_MS_MAX) throw new Refused(overloaded());
  return markInside(() => {
    const tx = txOf(client, remembered);
    const wants = wantsOf(batch);
    const parts = [...wants.keys()].sort((a, b) => a.rank - b.rank);
    freshPlans(client);
    const answers = together(client, () => [
      client.query(`begin; ${orgsSetting(orgsOf(batch))}`),
      ...parts.map((part) => part.lock(tx, wants.get(part) as Scoped<unknown>[])),
    ]);
    const locked = Promise.allSettled<unknown>(answers).then((settled) => {
      const [, ...states] = values(settled);
      return new Map(states.map((state, index) => [parts[index] as AnyPart, state]));
    });
    // Nobody may be listening yet while the batch before is answered.
    locked.catch(() => undefined);
    return { batch, locked };
  });
}

/**
 * Decides and writes a batch that was begun. The commit travels behind the writes where the server checks every
 * row count itself; else it waits for them.
 * @param written told when the writes are done and the commit is on its way: the moment to begin the next batch
 */
export async function carryOutBatch(
  { client, remembered }: Held,
  { batch, locked }: Begun,
  written: () => void = () => undefined,
): Promise<BatchDecision> {
  return markInside(async () => {
    let ended = false;
    try {
      const states = new Map(await locked);
      const decision = decideBatch(batch, states);
      const joined = joining(txOf(client, remembered));
      const sent = await corked(client, async () => {
        const writes = issueWrites(joined.tx, decision, states);
        joined.send();
        if (!(await issued(writes)) || !joined.isProven()) return { writes, commit: undefined };
        joined.close();
        ended = true;
        return { writes, commit: settledOf(client.query('commit')) };
      });
      values(await Promise.allSettled(sent.writes));
      const commit = sent.commit ?? settledOf(client.query('commit'));
      ended = true;
      written();
      const [done] = values([await commit]) as [pg.QueryResult];
      if (done.command !== 'COMMIT') throw new Error('the batch was rolled back by the server');
      for (const [part, items] of decision.writes) part.committed?.(items);
      return decision;
    } catch (error) {
      remembered.clear();
      // A commit that follows a failure has rolled back already.
      if (!ended) await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

/** Gives up a batch that was begun and not decided. */
export async function abandonBatch({ client, remembered }: Held, { locked }: Begun): Promise<void> {
  await locked.catch(() => undefined);
  remembered.clear();
  await client.query('rollback').catch(() => undefined);
}

function issueWrites(
  tx: Parameters<AnyPart['write']>[0],
  decision: BatchDecision,
  states: ReadonlyMap<AnyPart, unknown>,
): Promise<unknown>[] {
  const writing = [...decision.writes.keys()].sort((a, b) => a.rank - b.rank);
  return writing.map((part) =>
    part.write(tx, decision.writes.get(part) as Scoped<unknown>[], states.get(part)),
  );
}

/** Whether no write failed before its statement was sent; such a failure shows as soon as the turn's promises have run. */
async function issued(writes: readonly Promise<unknown>[]): Promise<boolean> {
  let broken = false;
  for (const write of writes) write.catch(() => (broken = true));
  await new Promise<void>((resolve) => process.nextTick(resolve));
  return !broken;
}

function settledOf<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  return Promise.allSettled([promise]).then(([settled]) => settled);
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
