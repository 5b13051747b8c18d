import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '#kernel/ids';
import { refusalOf } from '#platform/http/fail';
import { asOwner, freshDatabase, type FreshDatabase } from '../../../test/database.ts';
import type { Decided, Intent } from './intent.ts';
import { item, type Part } from './part.ts';
import { openRecorder, type Recorder } from './record.ts';

let db: FreshDatabase;
let recorder: Recorder;
beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db);
});
afterAll(async () => {
  await recorder.close();
  await db.drop();
});

/** Writes audit rows, as a room would write its own; `claims` is the row count it says to expect. */
const rows: Part<never, null, { verb: string; claims?: number; fails?: 'before' | 'in SQL' }> = {
  name: 'rows',
  rank: 50,
  lock: async () => null,
  decide: (_state, _org, items) =>
    items.some(({ verb }) => verb === 'refused')
      ? { code: 'no', status: 409, detail: { zh: '', en: '' }, fix: { zh: '', en: '' } }
      : () => undefined,
  async write(tx, items) {
    await Promise.all(
      items.map(({ org, value: { verb, claims = 1, fails } }) => {
        if (fails === 'before') throw new Error('broken before it was sent');
        const text = `insert into platform.audit (org_id, audit_id, at, principal, verb, subject, request_id)
          values ($1::bigint, $2::uuid, now(), 'test', $3::text, 'x', 'r'${fails ? " || 1/length('')" : ''})`;
        return tx.join(`rows_${fails ?? 'good'}`, text, [org, newId(), verb], claims);
      }),
    );
  },
};

type Value = Parameters<typeof rows.write>[1][number]['value'];

function intent(org: number, key: string, value: Value, other: Partial<Intent> = {}): Intent {
  return {
    org,
    idempotency: { principal: 'test', key, hash: Buffer.alloc(32, 1) },
    needs: [],
    decide: (): Decided => ({
      kind: 'accept',
      status: 201,
      answer: `"${key}"`,
      items: [item(rows, org, value)],
    }),
    ...other,
  };
}

async function written(org: number): Promise<string[]> {
  const found = await asOwner<{ verb: string }>(
    db.url,
    'select verb from platform.audit where org_id = $1 order by 1',
    [org],
  );
  return found.map(({ verb }) => verb);
}

test('the same key gets the same answer, in the same batch and later, and writes once', async () => {
  const same = () => recorder.record(intent(1, 'k', { verb: 'once' }));
  const kinds = (await Promise.all([same(), same(), same()])).map(({ kind }) => kind);
  expect(kinds).toEqual(['recorded', 'replayed', 'replayed']);
  expect(await same()).toEqual({ kind: 'replayed', status: 201, answer: '"k"' });
  expect(await written(1)).toEqual(['once']);
});

test('the same key with another request is a conflict', async () => {
  await recorder.record(intent(2, 'k', { verb: 'first' }));
  const hash = Buffer.alloc(32, 2);
  const other = intent(
    2,
    'k',
    { verb: 'second' },
    { idempotency: { principal: 'test', key: 'k', hash } },
  );
  expect(await recorder.record(other)).toEqual({ kind: 'conflict' });
  expect(await written(2)).toEqual(['first']);
});

test('a refusal writes nothing and is not remembered', async () => {
  expect((await recorder.record(intent(3, 'k', { verb: 'refused' }))).kind).toBe('refused');
  expect((await recorder.record(intent(3, 'k', { verb: 'granted' }))).kind).toBe('recorded');
  expect(await written(3)).toEqual(['granted']);
});

test.each<[string, Value]>([
  ['a row count that is not as decided', { verb: 'bad', claims: 2 }],
  ['an error before anything was sent', { verb: 'bad', fails: 'before' }],
  ['an error of the server', { verb: 'bad', fails: 'in SQL' }],
])('%s undoes its own intent and no other of the batch', async (_name, bad) => {
  const org = 10 + Math.floor(Math.random() * 1e6);
  const all = ['a', 'b', 'c', 'd', 'e'].map((key) =>
    recorder.record(intent(org, key, key === 'c' ? bad : { verb: key })),
  );
  const kinds = (await Promise.allSettled(all)).map((result) =>
    result.status === 'fulfilled' ? result.value.kind : 'failed',
  );
  expect(kinds).toEqual(['recorded', 'recorded', 'failed', 'recorded', 'recorded']);
  expect(await written(org)).toEqual(['a', 'b', 'd', 'e']);
});

test('a decision that throws fails alone', async () => {
  const broken = intent(
    4,
    'x',
    { verb: 'x' },
    {
      decide: () => {
        throw new Error('broken');
      },
    },
  );
  const [first, second] = await Promise.allSettled([
    recorder.record(broken),
    recorder.record(intent(4, 'y', { verb: 'y' })),
  ]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(await written(4)).toEqual(['y']);
});

test('a connection that was cut is opened again, and nothing is lost or doubled', async () => {
  const all: Promise<unknown>[] = [];
  for (let round = 0; round < 20; round++) {
    for (let at = 0; at < 10; at++)
      all.push(recorder.record(intent(5, `${round}-${at}`, { verb: `${round}-${at}` })));
    if (round % 5 === 2) {
      await asOwner(
        db.url,
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tillback' and datname = current_database()",
      );
    } else await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(await Promise.all(all)).toHaveLength(200);
  expect(new Set(await written(5)).size).toBe(200);
  expect(await written(5)).toHaveLength(200);
});

test('two processes with the same key at the same time: one records, the other replays', async () => {
  const other = openRecorder(db);
  for (let round = 0; round < 60; round++) {
    const both = [recorder, other].map((each) =>
      each.record(intent(6, `same ${round}`, { verb: `same ${round}` })),
    );
    const kinds = (await Promise.all(both)).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['recorded', 'replayed']);
  }
  await other.close();
  expect(await written(6)).toHaveLength(60);
});

test('a write that waited too long is refused as busy, and a database that stays away as lost', async () => {
  const away = { ...db, lane: () => Promise.reject(new Error('Connection terminated')) };
  const cut = openRecorder(away, { patienceMs: 0 });
  const lost = await cut.record(intent(7, 'k', { verb: 'x' })).catch(refusalOf);
  expect(lost).toMatchObject({ status: 503, code: 'database_unavailable' });
  await cut.close();

  const clock = vi.spyOn(performance, 'now');
  const lane = () => {
    const now = performance.now() + 31_000;
    clock.mockReturnValue(now);
    return db.lane();
  };
  const late = openRecorder({ ...db, lane });
  const busy = await late.record(intent(7, 'k', { verb: 'x' })).catch(refusalOf);
  clock.mockRestore();
  expect(busy).toMatchObject({ status: 503, code: 'overloaded' });
  await late.close();
});

test('batches that follow each other closely lose nothing when some of them fail', async () => {
  const values: Value[] = Array.from({ length: 300 }, (_, index) => {
    if (index % 41 === 7) return { verb: `v${index}`, fails: 'in SQL' };
    if (index % 53 === 9) return { verb: `v${index}`, claims: 2 };
    if (index % 61 === 3) return { verb: `v${index}`, fails: 'before' };
    return { verb: `v${index}` };
  });
  const good = values.filter(({ fails, claims }) => !fails && !claims);
  const settled = await Promise.allSettled(
    values.map(async (value, index) => {
      // They arrive in bursts, so that batches are begun behind others that fail.
      await new Promise((resolve) => setTimeout(resolve, index % 20));
      return recorder.record(intent(77, `burst ${index}`, value));
    }),
  );
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(good.length);
  expect(await written(77)).toEqual(good.map(({ verb }) => verb).toSorted());
});
