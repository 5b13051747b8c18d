import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { realNow } from '#platform/clock';
import { item, need } from '#platform/record/part';
import { openRecorder, type Recorder } from '#platform/record/record';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import type { DeliveredEvent, OutboxEvent, Subscriber } from './event.ts';
import { emit, outboxPart } from './outbox-part.ts';
import { type OutboxRelay, relayEvents } from './relay-events.ts';
import { declareTypes } from './subscribed.ts';

const ORG = 31;
let db: FreshDatabase;
let recorder: Recorder;
let relay: OutboxRelay | undefined;

beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db);
});
afterEach(async () => {
  await relay?.close();
  relay = undefined;
});
afterAll(async () => {
  await recorder.close();
  await db.drop();
});

const event = (type: string, subject = 'member:1', payload: unknown = {}): OutboxEvent => ({
  eventId: newId(),
  type,
  subject,
  payload,
  occurredAt: realNow(),
});
const hot = (...events: OutboxEvent[]) =>
  recorder.record({
    org: ORG,
    idempotency: { principal: 'system:test', key: newId(), hash: Buffer.alloc(32) },
    needs: [need(outboxPart, ORG, undefined)],
    decide: () => ({
      kind: 'accept',
      status: 200,
      answer: '{}',
      items: events.map((value) => item(outboxPart, ORG, value)),
    }),
  });
const rows = async () =>
  (
    await db.read([ORG], (tx) =>
      tx.query('select type from platform.outbox where org_id = $1', [ORG]),
    )
  ).length;
const listener = (
  name: string,
  got: DeliveredEvent[],
  fail: (event: DeliveredEvent) => boolean = () => false,
): Subscriber => ({
  name,
  types: ['joined', 'left'],
  handle: async (each) => {
    if (fail(each)) throw new Error('busy');
    got.push(each);
  },
});

test('an event of a type that nobody wants writes no row', async () => {
  await hot(event('joined'));
  await db.transact([ORG], (tx) => emit(tx, ORG, event('joined')));
  expect(await rows()).toBe(0);
});

test('events written in a hot write and in a transaction reach all subscribers and are gone', async () => {
  const [first, second]: DeliveredEvent[][] = [[], []];
  relay = relayEvents({
    db,
    subscribers: [listener('a', first as []), listener('b', second as [])],
  });
  const joined = event('joined', 'member:1', { tier: 'gold' });
  await hot(joined);
  await db.transact([ORG], (tx) => emit(tx, ORG, event('left')));
  await expect.poll(() => [first?.length, second?.length], { timeout: 1500 }).toEqual([2, 2]);
  expect(first?.[0]).toEqual({ ...joined, org: ORG });
  await expect.poll(rows).toBe(0);
});

test('a subject keeps its order over a failure, others go on, and nobody gets an event twice', async () => {
  const [steady, shaky]: DeliveredEvent[][] = [[], []];
  let failures = 1;
  const undeclare = declareTypes(['joined']);
  for (let n = 0; n < 5; n++)
    await hot(event('joined', 'member:a', n), event('joined', 'member:b', n));
  undeclare();
  relay = relayEvents({
    db,
    subscribers: [
      listener('steady', steady as []),
      listener(
        'shaky',
        shaky as [],
        ({ subject, payload }) => subject === 'member:a' && payload === 1 && failures-- > 0,
      ),
    ],
  });
  await expect.poll(() => shaky?.length, { timeout: 4000 }).toBe(10);
  const order = (got: DeliveredEvent[] | undefined, subject: string) =>
    got?.filter((each) => each.subject === subject).map(({ payload }) => payload);
  for (const got of [steady, shaky]) {
    expect(order(got, 'member:a')).toEqual([0, 1, 2, 3, 4]);
    expect(order(got, 'member:b')).toEqual([0, 1, 2, 3, 4]);
  }
  await expect.poll(rows).toBe(0);
});
