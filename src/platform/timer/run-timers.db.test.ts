import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { pause, realNow } from '#platform/clock';
import { item, need } from '#platform/record/part';
import { openRecorder } from '#platform/record/record';
import { asOwner, type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import type { TimerHandler } from './due-timer.ts';
import { runTimers, type TimerRunner } from './run-timers.ts';
import { cancelTimer, setTimer } from './set-timer.ts';
import { timerPart } from './timer-part.ts';

const ORG = 11;
let db: FreshDatabase;
let runner: TimerRunner | undefined;

beforeAll(async () => void (db = await freshDatabase()));
afterAll(async () => {
  await runner?.close();
  await db.drop();
});

async function running(handlers: Record<string, TimerHandler>): Promise<TimerRunner> {
  await runner?.close();
  return (runner = runTimers({ db, handlers, clockOf: realNow }));
}

const inMs = (ms: number) => new Date(realNow().getTime() + ms);
const left = (): Promise<{ kind: string; attempts: number; last_error: string | null }[]> =>
  db.read([ORG], (tx) =>
    tx.query('select kind, attempts, last_error from platform.timer where org_id = $1', [ORG]),
  );

test('a timer runs when it is due, never before, and is gone', async () => {
  const late: number[] = [];
  await running({
    ring: async ({ dueAt }) => void late.push(realNow().getTime() - dueAt.getTime()),
  });
  await db.transact([ORG], async (tx) => {
    for (let n = 0; n < 40; n++)
      await setTimer(tx, ORG, { kind: 'ring', dedupe: `${n}`, dueAt: inMs(60 + n * 10) });
  });
  await expect.poll(() => late.length, { timeout: 3000 }).toBe(40);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(late.toSorted((a, b) => a - b)[37]).toBeLessThan(100);
  await expect.poll(left).toEqual([]);
});

test('the same name is one timer; a cancelled one never runs', async () => {
  const rung: unknown[] = [];
  await running({ ring: async ({ payload }) => void rung.push(payload) });
  await db.transact([ORG], async (tx) => {
    await setTimer(tx, ORG, { kind: 'ring', dedupe: 'a', dueAt: inMs(40), payload: 1 });
    await setTimer(tx, ORG, { kind: 'ring', dedupe: 'a', dueAt: inMs(50), payload: 2 });
    await setTimer(tx, ORG, { kind: 'ring', dedupe: 'b', dueAt: inMs(40), payload: 3 });
    await cancelTimer(tx, ORG, 'ring', 'b');
  });
  await pause(150);
  expect(rung).toEqual([2]);
});

test('a hot write sets a timer, and the handler ends it in a hot write of its own', async () => {
  const recorder = openRecorder(db);
  const write = (key: string, value: Parameters<typeof timerPart.write>[1][number]['value']) =>
    recorder.record({
      org: ORG,
      idempotency: { principal: 'system:test', key, hash: Buffer.alloc(32) },
      needs: [need(timerPart, ORG, undefined)],
      decide: () => ({
        kind: 'accept',
        status: 200,
        answer: '{}',
        items: [item(timerPart, ORG, value)],
      }),
    });
  let rung = 0;
  await running({
    ring: async ({ timerId }) => {
      rung++;
      await write(newId(), { done: timerId });
      expect(await left()).toEqual([]);
    },
  });
  await write('set', { set: { kind: 'ring', dedupe: 'hot', dueAt: inMs(20) } });
  await write('set', { set: { kind: 'ring', dedupe: 'hot', dueAt: inMs(20) } });
  await expect.poll(() => rung).toBe(1);
  await recorder.close();
});

test('a handler that fails is tried again later and what went wrong is kept', async () => {
  let tries = 0;
  await running({
    shaky: async ({ attempt }) => {
      tries = attempt;
      if (attempt < 2) throw new Error('not yet');
    },
  });
  await db.transact([ORG], (tx) =>
    setTimer(tx, ORG, { kind: 'shaky', dedupe: '1', dueAt: inMs(0) }),
  );
  await expect.poll(async () => (await left())[0]?.last_error).toBe('Error: not yet');
  expect(tries).toBe(1);
  await expect.poll(() => tries, { timeout: 3000 }).toBe(2);
  await expect.poll(left).toEqual([]);
});

test('a timer leased by a process that died runs again when the lease ends', async () => {
  let rung = 0;
  await runner?.close();
  await db.transact([ORG], (tx) =>
    setTimer(tx, ORG, { kind: 'ring', dedupe: 'lost', dueAt: inMs(0) }),
  );
  await asOwner(
    db.url,
    "update platform.timer set attempts = 1, wake_at = now() + interval '30 s'",
  );
  await running({ ring: async () => void rung++ });
  await pause(50);
  expect(rung).toBe(0);
  await asOwner(db.url, "update platform.timer set wake_at = now() - interval '1 ms'");
  await expect.poll(() => rung, { timeout: 2500 }).toBe(1);
});

test('two runners share the work: each timer runs once', async () => {
  const rung = new Map<string, number>();
  const handler: TimerHandler = async ({ dedupe }) =>
    void rung.set(dedupe, (rung.get(dedupe) ?? 0) + 1);
  await running({ many: handler });
  const second = runTimers({ db, handlers: { many: handler }, clockOf: realNow });
  await db.transact([ORG], async (tx) => {
    for (let n = 0; n < 300; n++)
      await setTimer(tx, ORG, { kind: 'many', dedupe: `${n}`, dueAt: inMs(30) });
  });
  await expect.poll(() => rung.size, { timeout: 4000 }).toBe(300);
  await second.close();
  expect([...rung.values()].every((times) => times === 1)).toBe(true);
});
