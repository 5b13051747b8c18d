import { startOfDay } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { latestOf } from '#ledger';
import { joinMembers } from '#members';
import { prepareRefund, prepareReturn, prepareSale } from '#payments';
import { actorOf } from '#platform/audit';
import { pause, realNow, steadyMs } from '#platform/clock';
import type { Ctx, Principal } from '#platform/context';
import { setClock } from '#platform/org-clock';
import { storedHashes } from '#platform/record/idem-part';
import type { Ready, Settled } from '#platform/record/ready';
import { recordInOrder } from '#platform/record/record-in-order';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { type Stage, ZONE } from './build-stage.ts';
import { phoneOfCustomer, type PlannedDay, type PlannedWrite } from './plan-writes.ts';
import { otherTickets } from './refusals.ts';

/** What an import key may do. */
const SCOPES: ReadonlySet<string> = new Set([
  'payment.take',
  'payment.refund',
  'refund.without_receipt',
  'price.override',
  'import',
]);

const REASON = 'import';

export interface Pace {
  /** Writes under way at once; the result does not depend on it. */
  readonly window: number;
  /** Tickets a second; Infinity for as fast as it goes. */
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (written: number) => void;
}

export interface Ran {
  /** Writes carried out by this run; the others had been carried out before. */
  readonly recorded: number;
  readonly replayed: number;
}

/**
 * Sends the writes of a file in their order, the merchant's clock going before them day by day.
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
  return replay.ran;
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
    return result.answer;
  };
  const failed = (error: unknown) => void failures.push(error);
  const check = () => {
    pace.signal.throwIfAborted();
    if (failures.length > 0) throw failures[0];
  };

  const prepare = async (write: PlannedWrite, ctx: Ctx): Promise<Ready> => {
    const asked = { occurred_at: write.occurredAt, reason: REASON };
    if (write.kind === 'return') {
      const lines = write.lines.map(({ sku, quantity, amount }) => ({ sku, quantity, amount }));
      return prepareReturn(app.till, ctx, write.key, { ...asked, store: stage.storeId, lines });
    }
    if (write.kind === 'refund') {
      const payment = await (paymentOf.get(write.of.invoice) as Promise<string>);
      return prepareRefund(app.till, ctx, write.key, { ...asked, payment, lines: write.of.lines });
    }
    return prepareTicket(app, ctx, stage, write, memberOf);
  };

  return {
    ran,
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
      const answer = series.add(() => prepare(write, at)).then((result) => told(write, result));
      answer.catch(failed);
      if (write.kind === 'sale' && write.returned) {
        const id = answer.then((json) => (JSON.parse(json) as { payment_id: string }).payment_id);
        id.catch(() => undefined);
        paymentOf.set(write.invoice, id);
      }
    },
    check,
    /** What is under way comes to its end, also when it is interrupted. */
    end: () => series.idle(),
  };
}

function prepareTicket(
  app: App,
  ctx: Ctx,
  { storeId }: Stage,
  { key, ticket, occurredAt }: Extract<PlannedWrite, { kind: 'sale' }>,
  memberOf: ReadonlyMap<string, string>,
): Promise<Ready> {
  const memberId = ticket.customer === null ? undefined : memberOf.get(ticket.customer);
  const lines = ticket.lines.map(({ sku, quantity, amount, unitPrice }) => ({
    sku,
    quantity,
    amount,
    unit_price_text: unitPrice,
  }));
  const input = {
    store: storeId,
    lines,
    override_reason: REASON,
    occurred_at: occurredAt,
    tenders: [{ kind: 'cash' as const }],
    ...(memberId !== undefined && { member: { memberId } }),
  };
  return prepareSale(app.till, ctx, key, input, 'import');
}

/** How many days customers join before their tickets are sent; each joins on the day of the first. */
const JOINED_AHEAD = 8;

function joinAhead(
  app: App,
  stage: Stage,
  days: readonly PlannedDay[],
): (index: number) => Promise<readonly (readonly [customer: string, member: string])[]> {
  const begun = new Map<number, ReturnType<typeof join>>();
  return (index) => {
    for (let ahead = index; ahead < Math.min(index + JOINED_AHEAD, days.length); ahead++) {
      if (begun.has(ahead)) continue;
      const joining = join(app, stage, days[ahead] as PlannedDay);
      joining.catch(() => undefined);
      begun.set(ahead, joining);
    }
    return begun.get(index) ?? Promise.resolve([]);
  };
}

async function join(app: App, { org, storeId }: Stage, { day, newCustomers }: PlannedDay) {
  const ctx = systemCtx(org, 'replay', startOfDay(day, ZONE));
  const phones = newCustomers.map(phoneOfCustomer);
  const joined = await joinMembers(app.members, ctx, storeId, phones);
  return joined.map(({ member }, at) => [newCustomers[at] as string, member.member_id] as const);
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
