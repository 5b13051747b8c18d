import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMasterKey } from './load-master-key.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tillback-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('the first start makes a key only its owner may read; the next one finds it', () => {
  const made = loadMasterKey(folder, {});
  expect(made).toHaveLength(32);
  expect(loadMasterKey(folder, {})).toEqual(made);
  expect(readdirSync(folder)).toEqual(['master.key']);
  expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
});

test('the environment comes first and leaves no file', () => {
  const key = Buffer.alloc(32, 9);
  expect(loadMasterKey(folder, { TILLBACK_MASTER_KEY: key.toString('base64') })).toEqual(key);
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['short', Buffer.alloc(31).toString('base64'), 'a'.repeat(43)])(
  '%s is no key',
  (text) => {
    expect(() => loadMasterKey(folder, { TILLBACK_MASTER_KEY: text })).toThrow('not a master key');
  },
);

test('a key file that others may read stops the start', () => {
  const path = join(folder, 'master.key');
  writeFileSync(path, Buffer.alloc(32).toString('base64'));
  chmodSync(path, 0o644);
  expect(() => loadMasterKey(folder, {})).toThrow('chmod 600');
});
