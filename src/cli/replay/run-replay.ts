import { addDays, startOfDay } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { latestOf } from '#ledger';
import { actorOf } from '#platform/audit';
import { pause, realNow, steadyMs } from '#platform/clock';
import type { Ctx, Principal } from '#platform/context';
import { setClock } from '#platform/org-clock';
import { storedHashes } from '#platform/record/idem-part';
import type { Settled } from '#platform/record/ready';
import { recordInOrder } from '#platform/record/record-in-order';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { joinAhead } from './join-ahead.ts';
import type { PlannedDay, PlannedWrite } from './plan-writes.ts';
import { prepareWrite } from './prepare-write.ts';
import { otherTickets } from './refusals.ts';
import { type Stage, ZONE } from './stage.ts';

/** What an import key may do. */
const SCOPES: ReadonlySet<string> = new Set([
  'payment.take',
  'payment.refund',
  'refund.without_receipt',
  'price.override',
  'import',
]);

export interface Pace {
  /** Writes under way at once; the result does not depend on it. */
  readonly window: number;
  /** Tickets a second; Infinity for as fast as it goes. */
  readonly speed: number;
  readonly signal: AbortSignal;
  /** How many days the clock runs on after the day behind the last ticket. */
  readonly settleDays: number;
  readonly onProgress: (written: number) => void;
}

export interface Ran {
  /** Writes carried out by this run; the others had been carried out before. */
  readonly recorded: number;
  readonly replayed: number;
  /** Ids of the payments and refunds by the idempotency keys of their writes. */
  readonly ids: ReadonlyMap<string, string>;
  /** Member ids by customer. */
  readonly members: ReadonlyMap<string, string>;
}

/**
 * Sends the writes of a file in their order, the merchant's clock going before them day by day and standing on a day
 * after the last.
 * @throws Refused replay_tickets_differ; DOMException AbortError when it was interrupted
 */
export async function runReplay(
  app: App,
  stage: Stage,
  days: readonly PlannedDay[],
  pace: Pace,
): Promise<Ran> {
  await demandSameTickets(app, stage, days);
  const joined = joinAhead(app, stage, days);
  const replay = openReplay(app, stage, pace);
  try {
    for (const [index, { day, writes }] of days.entries()) {
      for (const [customer, member] of await joined(index)) replay.memberOf.set(customer, member);
      await replay.beginDay(day);
      for (const write of writes) await replay.send(write);
    }
  } finally {
    await replay.end();
  }
  replay.check();
  const last = days.at(-1)?.day;
  if (last !== undefined)
    await advance(app, stage.org, startOfDay(addDays(last, 1 + pace.settleDays), ZONE));
  return { ...replay.ran, ids: replay.ids, members: replay.memberOf };
}

/** Before anything is written: what was written under the same names must have been the same. */
async function demandSameTickets(
  { db }: App,
  { org, code }: Stage,
  days: readonly PlannedDay[],
): Promise<void> {
  const actor = actorOf(keyCtx(org, realNow()).principal);
  const stored = await db.read([org], (tx) => storedHashes(tx, org, actor));
  for (const { invoice, key } of days.flatMap(({ writes }) => writes)) {
    const before = stored.get(key.idempotencyKey);
    must(!before || before.equals(key.requestHash), () => otherTickets(code, invoice));
  }
}

function openReplay(app: App, stage: Stage, pace: Pace) {
  const series = recordInOrder(app.recorder, pace.window);
  const memberOf = new Map<string, string>();
  const paymentOf = new Map<string, Promise<string>>();
  const ids = new Map<string, string>();
  const lastOf = new Map<string, Promise<unknown>>();
  const ran = { recorded: 0, replayed: 0 };
  const failures: unknown[] = [];
  let ctx = keyCtx(stage.org, app.clocks.now(stage.org));
  const began = steadyMs();
  let sent = 0;

  const told = (write: PlannedWrite, result: Settled) => {
    if (result.kind === 'conflict') throw new Refused(otherTickets(stage.code, write.invoice));
    if (result.kind === 'refused') throw new Refused(result.refusal);
    ran[result.kind]++;
    pace.onProgress(ran.recorded + ran.replayed);
    const id = idIn(result.answer);
    ids.set(write.key.idempotencyKey, id);
    return id;
  };
  const failed = (error: unknown) => void failures.push(error);
  const check = () => {
    pace.signal.throwIfAborted();
    if (failures.length > 0) throw failures[0];
  };

  return {
    ran,
    ids,
    memberOf,
    async beginDay(day: string) {
      await series.room();
      check();
      const begin = startOfDay(day, ZONE);
      ctx = keyCtx(stage.org, begin);
      series.addBetween(() => advance(app, stage.org, begin)).catch(failed);
    },
    async send(write: PlannedWrite) {
      await series.room();
      check();
      const wait = (++sent / pace.speed) * 1000 - (steadyMs() - began);
      if (wait > 0) await pause(wait, pace.signal);
      const at = ctx;
      const { customer } = write;
      const before = stage.readsMember && customer !== null ? lastOf.get(customer) : undefined;
      const prepare = async () => {
        await before;
        return prepareWrite(app, at, stage, write, { memberOf, paymentOf });
      };
      const id = series.add(prepare).then((result) => told(write, result));
      id.catch(failed);
      if (customer !== null) lastOf.set(customer, id);
      if (write.kind === 'sale' && write.returned) paymentOf.set(write.invoice, id);
    },
    check,
    /** What is under way comes to its end, also when it is interrupted. */
    end: () => series.idle(),
  };
}

const ID = /"(?:payment|refund)_id":"([^"]+)"/;

/** The first id of an answer, which may be longer than a whole ticket. */
function idIn(answer: string): string {
  return ID.exec(answer)?.[1] ?? '';
}

/** Sets the clock forward; a run that is taken up again has gone past it already. */
async function advance(app: App, org: number, to: Date): Promise<void> {
  if (app.clocks.now(org).getTime() >= to.getTime()) return;
  const work = { ...app, handlers: app.timerHandlers, isSandbox: async () => true, latestOf };
  await setClock(work, systemCtx(org, 'replay', to), to);
}

function keyCtx(org: number, now: Date): Ctx {
  const principal: Principal = {
    kind: 'key',
    id: 'replay',
    name: 'replay',
    org,
    scopes: SCOPES,
    stores: 'all',
  };
  return { org, principal, now, requestId: 'replay', locale: 'en' };
}
