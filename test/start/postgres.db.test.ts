import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '#platform/log';
import { launchPostgres, runningPostgres } from '#platform/postgres/launch';
import type { Postgres, UnexpectedExit } from '#platform/postgres/launch';
import { isAlive, waitUntil } from '#platform/postgres/processes';
import { ask, kill, launchInProcess } from './launcher.ts';

const log = silentLog();
let folder = '';
let dataDir = '';

const timed = async (work: () => Promise<Postgres>): Promise<[Postgres, number]> => {
  const began = performance.now();
  return [await work(), performance.now() - began];
};

const mode = (name: string): number => statSync(join(dataDir, name)).mode & 0o777;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillback-start-'));
  dataDir = join(folder, 'data');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a first start makes a durable UTF-8 database that only its owner can read', async () => {
  const settings = { fsync: 'off', synchronous_commit: 'off', work_mem: '9MB' };
  const [postgres, ms] = await timed(() => launchPostgres({ dataDir, log, settings }));
  const shown = ['fsync', 'synchronous_commit', 'full_page_writes', 'jit', 'listen_addresses'];
  const values = await Promise.all(shown.map((name) => ask(postgres.url, `show ${name}`)));
  expect(values).toEqual(['on', 'on', 'on', 'off', '127.0.0.1']);
  expect(await ask(postgres.url, 'show work_mem')).toBe('9MB');
  expect(await ask(postgres.url, `select upper('é') || length('收款')`)).toBe('É2');
  expect(['', 'postgres.json', 'postgres'].map(mode)).toEqual([0o700, 0o600, 0o700]);
  expect(ms).toBeLessThan(20_000);
  await ask(postgres.url, 'create table kept as select 7 as seven');
  await postgres.stop();
  expect(isAlive(postgres.pid)).toBe(false);
  expect(existsSync(join(dataDir, 'lock'))).toBe(false);
});

test('a second start is quick and finds what was written', async () => {
  const [postgres, ms] = await timed(() => launchPostgres({ dataDir, log }));
  expect(ms).toBeLessThan(5000);
  expect(await ask(postgres.url, 'select seven from kept')).toBe(7);
  await postgres.stop();
});

test('a second process is refused and told what to do', async () => {
  const [child, { url }] = await launchInProcess(dataDir);
  await expect(launchPostgres({ dataDir, log })).rejects.toThrow(
    new RegExp(`in use by process ${child.pid}.*kill ${child.pid}.*DATA_DIR=./data-2`),
  );
  expect(runningPostgres(dataDir)).toBe(url);
  await kill(child, 'SIGKILL');
  expect(runningPostgres(dataDir)).toBeNull();
});

test('the PostgreSQL of a killed process is taken over', async () => {
  const [child, first] = await launchInProcess(dataDir);
  expect(first.adopted).toBe(true);
  await ask(first.url, 'create table orphan as select 8 as eight');
  await kill(child, 'SIGKILL');
  expect(isAlive(first.pid)).toBe(true);
  const postgres = await launchPostgres({ dataDir, log });
  expect([postgres.adopted, postgres.pid, postgres.url]).toEqual([true, first.pid, first.url]);
  expect(await ask(postgres.url, 'select eight from orphan')).toBe(8);
  await postgres.stop();
  expect(isAlive(first.pid)).toBe(false);
});

test('a killed PostgreSQL comes back at the same address with all that was committed', async () => {
  const postgres = await launchPostgres({ dataDir, log });
  const back = new Promise<UnexpectedExit>((told) => postgres.onExit(told));
  await ask(postgres.url, 'create table crash as select 9 as nine');
  const first = postgres.pid;
  process.kill(first, 'SIGKILL');
  expect(await back).toEqual({ pid: first, restarted: true });
  expect(postgres.pid).not.toBe(first);
  expect(await ask(postgres.url, 'select nine from crash')).toBe(9);
  await postgres.stop();
});

test('a start after both were killed recovers, though its number is still taken', async () => {
  const [child, { pid }] = await launchInProcess(dataDir);
  await kill(child, 'SIGKILL');
  process.kill(pid, 'SIGKILL');
  const postgres = await launchPostgres({ dataDir, log });
  expect(postgres.adopted).toBe(false);
  expect(await ask(postgres.url, 'select nine from crash')).toBe(9);
  await postgres.stop();
});

test('a process that ends without stopping leaves no PostgreSQL behind', async () => {
  const [child, { pid }] = await launchInProcess(dataDir);
  child.send('end');
  await once(child, 'exit');
  expect(await waitUntil(() => !isAlive(pid), 10_000)).toBe(true);
});

test('a lost password file is named', async () => {
  const file = join(dataDir, 'postgres.json');
  rmSync(file);
  await expect(launchPostgres({ dataDir, log })).rejects.toThrow(/postgres.json is missing/);
});
