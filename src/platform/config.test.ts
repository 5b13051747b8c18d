import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StartFault, prepareDataDir, readConfig, settings, settingsHelp } from './config.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillback-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const faultOf = (run: () => unknown): StartFault => {
  try {
    run();
  } catch (error) {
    if (error instanceof StartFault) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('an empty environment gives the defaults', () => {
  expect(readConfig({ PORT: ' ' })).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: join(import.meta.dirname, '../../data'),
    databaseUrl: null,
    logLevel: 'info',
    seed: 'town',
  });
});

test('a relative DATA_DIR starts where the command was called', () => {
  expect(readConfig({ DATA_DIR: 'other' }).dataDir).toBe(join(process.cwd(), 'other'));
});

test.each([
  // variable        value             what the message says
  ['PORT', '80a', '"80a" is not legal. Give a whole number from 0 to 65535'],
  ['PORT', '65536', '"65536" is not legal. Give a whole number from 0 to 65535'],
  ['PORT', '-1', '"-1" is not legal'],
  ['HOST', 'a b', '"a b" is not legal. Give an IP address or a host name'],
  ['LOG_LEVEL', 'loud', 'Give fatal, error, warn, info, debug, trace, silent'],
  ['SEED', 'city', 'Give town, none'],
  [
    'DATABASE_URL',
    'mysql://u:hidden@h/d',
    'Its value is not legal. Give postgres://user:password@',
  ],
])('%s=%s is refused in one line', (name, value, message) => {
  const fault = faultOf(() => readConfig({ [name]: value }));
  expect(fault.message).toContain(`${name}: `);
  expect(fault.message).toContain(message);
  expect(fault.message).not.toMatch(/\n|hidden/);
  expect(fault.exitCode).toBe(2);
});

test('the help names every setting and its default', () => {
  for (const { name } of settings) expect(settingsHelp()).toContain(name);
  expect(settingsHelp()).toContain('(8080)');
});

test('a data folder that stands open is closed to others, a new one is made closed', () => {
  const open = join(folder, 'open');
  prepareDataDir(open);
  chmodSync(open, 0o755);
  writeFileSync(join(open, 'file'), '');
  prepareDataDir(open);
  expect(statSync(open).mode & 0o777).toBe(0o700);
});

test('a file in the place of the data folder is refused', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'data')]) {
    expect(faultOf(() => prepareDataDir(path)).message).toMatch(/is not a folder.*DATA_DIR=/);
  }
});
