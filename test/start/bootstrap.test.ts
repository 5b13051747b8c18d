import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive, waitUntil } from '#platform/postgres/processes';

const root = join(import.meta.dirname, '../..');
const lock = '{"packages":{}}';

/** Drains for half a second on the first signal, and says how many it got. */
const MAIN = `
let signals = 0;
const end = () => { console.log('signals', signals); process.exit(0); };
process.on('SIGINT', () => { signals += 1; setTimeout(end, Number(process.env.DRAIN_MS)); });
process.on('disconnect', end);
console.log('up', process.pid);
setInterval(() => {}, 1000);
`;
const COMMAND = `console.log(JSON.stringify(process.argv.slice(2))); process.exit(Number(process.argv[3] ?? 0));`;

let home = '';

const put = (path: string, text: string): void => {
  mkdirSync(join(home, path, '..'), { recursive: true });
  writeFileSync(join(home, path), text);
};

beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'tillback-bootstrap-')));
  for (const path of ['start.mjs', 'bin/tillback.mjs']) cpSync(join(root, path), join(home, path));
  put('package-lock.json', lock);
  put('node_modules/.tillback-lock', createHash('sha256').update(lock).digest('hex'));
  put('src/main.ts', MAIN);
  put('src/cli/main.ts', COMMAND);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly code: Promise<number | null>;
}

const run = (file: string, args: string[], drainMs = 700): Run => {
  const env = { ...process.env, DRAIN_MS: String(drainMs) };
  const child = spawn(process.execPath, [join(home, file), ...args], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const code = new Promise<number | null>((done) => child.once('close', done));
  return { child, said: () => said, code };
};

const up = async ({ said }: Run): Promise<number> => {
  await waitUntil(() => said().includes('up '), 10_000);
  return Number(/up (\d+)/.exec(said())?.[1]);
};

test.each([
  // file              arguments              what the command gets    exit code
  ['start.mjs', ['audit', '0', '--json'], '["audit","0","--json"]', 0],
  ['start.mjs', ['replay', '3'], '["replay","3"]', 3],
  ['bin/tillback.mjs', ['test', '4'], '["test","4"]', 4],
])('%s %j runs the command and gives its exit code', async (file, args, said, code) => {
  const command = run(file, args);
  expect(await command.code).toBe(code);
  expect(command.said().trim()).toBe(said);
});

test('Ctrl-C reaches the server once, though the terminal and npm both send it', async () => {
  const server = run('start.mjs', []);
  await up(server);
  for (const wait of [50, 50, 0]) {
    server.child.kill('SIGINT');
    await sleep(wait);
  }
  expect(await server.code).toBe(0);
  expect(server.said()).toContain('signals 1');
});

test('a second Ctrl-C ends a server that does not come to an end', async () => {
  const server = run('start.mjs', [], 60_000);
  const pid = await up(server);
  server.child.kill('SIGINT');
  await sleep(600);
  server.child.kill('SIGINT');
  expect(await server.code).toBe(137);
  expect(isAlive(pid)).toBe(false);
}, 10_000);

test('the server ends when the bootstrap is killed', async () => {
  const server = run('start.mjs', []);
  const pid = await up(server);
  server.child.kill('SIGKILL');
  expect(await waitUntil(() => !isAlive(pid), 5000)).toBe(true);
});

test('the server ends when the shell that npm put before the bootstrap is ended', async () => {
  const line = `"${process.execPath}" "${join(home, 'start.mjs')}"; :`;
  const env = { ...process.env, DRAIN_MS: '100', npm_lifecycle_event: 'start' };
  const shell = spawn('sh', ['-c', line], { env });
  let said = '';
  shell.stdout.on('data', (chunk) => (said += chunk));
  await waitUntil(() => said.includes('up '), 10_000);
  const pid = Number(/up (\d+)/.exec(said)?.[1]);
  shell.kill('SIGTERM');
  expect(await waitUntil(() => !isAlive(pid), 5000)).toBe(true);
}, 20_000);
