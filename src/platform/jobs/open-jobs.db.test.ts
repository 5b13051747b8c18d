import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pause } from '#platform/clock';
import { asOwner, freshDatabase, type FreshDatabase } from '../../../test/database.ts';
import { migrate } from '../db/migrate.ts';
import { type JobKind, openJobs } from './open-jobs.ts';

const HANG = fileURLToPath(new URL('./hang.fixture.ts', import.meta.url));

let db: FreshDatabase;
beforeAll(async () => void (db = await freshDatabase()));
afterAll(() => db?.drop());

type Note = { readonly no: number };

function kind(name: string, work: JobKind<Note>['work']): JobKind {
  return { name, work: (data, signal) => work(data as Note, signal) };
}

function opened(kinds: readonly JobKind[], working = true) {
  const errors: unknown[] = [];
  const jobs = openJobs({
    db,
    kinds,
    working,
    onError: (error) => errors.push(error),
    pollMs: 500,
  });
  return { jobs, errors };
}

async function until(holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  for (let waited = 0; waited < ms; waited += 20) {
    if (await holds()) return;
    await pause(20);
  }
  throw new Error('it did not come to pass');
}

const statesOf = async (name: string) =>
  (
    await asOwner<{ state: string }>(
      db.url,
      'select state::text from pgboss.job where name = $1 order by created_on, id',
      [name],
    )
  ).map(({ state }) => state);

test('a job is there when its transaction is committed, and not if it is rolled back', async () => {
  const seen: number[] = [];
  const { jobs, errors } = opened([kind('note', async ({ no }) => void seen.push(no))]);
  const send = await jobs.sender('note');
  await db.transact([1], (tx) => send(tx, { no: 1 }, '1'));
  const undone = db.transact([1], async (tx) => {
    await send(tx, { no: 2 }, '1');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await db.transact([1], (tx) => send(tx, { no: 3 }, '2'));
  jobs.wake('note');
  await until(() => seen.length === 2);
  await until(async () => (await statesOf('note')).every((state) => state === 'completed'));
  await jobs.close();
  expect(new Set(seen)).toEqual(new Set([1, 3]));
  expect(errors).toEqual([]);
});

test('of jobs with the same key one runs at a time, also beside another process', async () => {
  let now = 0;
  let most = 0;
  let done = 0;
  const slow = kind('slow', async () => {
    most = Math.max(most, ++now);
    await pause(150);
    now--;
    done++;
  });
  const one = opened([slow]);
  await pause(250);
  const two = opened([slow]);
  const send = await one.jobs.sender('slow');
  for (let no = 0; no < 3; no++) await db.transact([1], (tx) => send(tx, { no }, '1'));
  await until(() => done === 3);
  await Promise.all([one.jobs.close(), two.jobs.close()]);
  expect(most).toBe(1);
});

test('a job that is interrupted by a stop is carried on by the next start', async () => {
  const begun: number[] = [];
  const endless = kind('long', async ({ no }, signal) => {
    begun.push(no);
    await pause(60_000, signal);
    signal.throwIfAborted();
  });
  const first = opened([endless]);
  const send = await first.jobs.sender('long');
  await db.transact([1], (tx) => send(tx, { no: 7 }, '1'));
  await until(() => begun.length === 1);
  await first.jobs.close();
  expect(await statesOf('long')).toEqual(['retry']);
  const ended: number[] = [];
  const second = opened([kind('long', async ({ no }) => void ended.push(no))]);
  await until(() => ended.length === 1);
  await second.jobs.close();
  expect(ended).toEqual([7]);
});

test('a job whose process was killed is carried on by another', async () => {
  const sender = opened([kind('hung', async () => undefined)], false);
  const send = await sender.jobs.sender('hung');
  await db.transact([1], (tx) => send(tx, { no: 9 }, '1'));
  await sender.jobs.close();
  const child = spawn(process.execPath, [HANG, db.url, 'hung'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  const ended: number[] = [];
  const next = opened([kind('hung', async ({ no }) => void ended.push(no))]);
  await until(() => ended.length === 1, 50_000);
  await next.jobs.close();
  expect(ended).toEqual([9]);
}, 60_000);

test('a process that only sends carries nothing out, and asks nothing before it sends', async () => {
  const seen: number[] = [];
  const note = kind('sent', async ({ no }) => void seen.push(no));
  const { jobs } = opened([note], false);
  await jobs.close();
  const sender = opened([note], false);
  const send = await sender.jobs.sender('sent');
  await db.transact([1], (tx) => send(tx, { no: 1 }, '1'));
  sender.jobs.wake('sent');
  await pause(700);
  await sender.jobs.close();
  expect(seen).toEqual([]);
  expect(await statesOf('sent')).toEqual(['created']);
});

test('the queue is made once, and its tables are the library’s, not the application’s to change', async () => {
  expect(await migrate(db.url)).toEqual([]);
  await expect(db.pool.query('create table pgboss.mine (no int)')).rejects.toThrow(/denied/);
  await expect(db.pool.query('truncate pgboss.job_common')).rejects.toThrow(/denied/);
});
