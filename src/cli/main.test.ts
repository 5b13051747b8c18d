import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VERSION } from './version.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test.each([
  // arguments                    exit   what is said
  [['--version'], 0, new RegExp(`^${VERSION}\n$`)],
  [['help'], 0, /audit[^]*replay[^]*DATA_DIR[^]*Exit codes/],
  [['help', 'replay'], 0, /--speed[^]*--merchant[^]*--offers/],
  [[], 2, /Usage/],
  [['sell'], 2, /unknown command 'sell'[^]*npx tillback help/],
  [['audit', '--fast'], 2, /unknown option '--fast'/],
  [['replay'], 2, /missing required argument 'file'/],
  [['replay', 'a.csv', '--speed', '0'], 2, /"max", or tickets per second/],
  [['audit', '--org', 'A B'], 2, /lower-case/],
  [['help', 'simulate'], 0, /--offer[^]*--org[^]*--from[^]*--months/],
  [['simulate'], 2, /required option '--offer/],
  [['simulate', '--offer', 'A', '--months', '0'], 2, /1 to 24/],
  [['simulate', '--offer', 'A', '--from', '2011-02-30'], 2, /a day such as/],
  [['simulate', '--offer', 'A', '--from', '2011-02-01', '--months', '1'], 2, /cannot be used with/],
])('tillback %j ends with %i', (args, code, said) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
  });
  expect(stdout + stderr).toMatch(said);
  expect(status).toBe(code);
  if (code !== 0) expect(stdout).toBe('');
});

test('a wrong setting is said in plain words', () => {
  const env = { ...process.env, DATABASE_URL: 'mysql://x' };
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'audit'], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).toMatch(/^DATABASE_URL: /);
  expect(status).toBe(2);
});

test('a database that does not answer is said in one line', () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'tillback-cli-'));
  const env = { ...process.env, DATA_DIR, DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/d' };
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'audit'], {
    encoding: 'utf8',
    env,
  });
  rmSync(DATA_DIR, { recursive: true });
  expect(stderr).toMatch(/^DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:1 .*\n$/);
  expect(stderr).not.toContain('hidden');
  expect(status).toBe(1);
});
