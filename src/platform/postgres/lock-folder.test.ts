import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderHolder, lockFolder } from './lock-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillback-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockBy = (holder: object): void =>
  writeFileSync(join(folder, 'lock'), JSON.stringify(holder));

test('a held folder is refused, naming the process and what to do', () => {
  const lock = lockFolder(folder);
  expect(folderHolder(folder)?.pid).toBe(process.pid);
  expect(() => lockFolder(folder)).toThrow(
    new RegExp(
      `in use by process ${process.pid} .*kill ${process.pid}.*DATA_DIR=./data-2 PORT=8081`,
    ),
  );
  lock.release();
  expect(folderHolder(folder)).toBeNull();
});

test.each([
  ['a process that is gone', { pid: 2 ** 22 + 1, birth: '1@x', command: 'main.ts' }],
  [
    'an earlier process with the same number',
    { pid: process.pid, birth: '1@x', command: 'main.ts' },
  ],
  ['nobody: a torn file', {}],
])('the lock of %s is taken over', (_, holder) => {
  lockBy(holder);
  const lock = lockFolder(folder);
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({
    pid: process.pid,
  });
  lock.release();
});

test('a lock that another process has taken over meanwhile is left alone', () => {
  const lock = lockFolder(folder);
  const other = { pid: 1, birth: 'other', command: 'main.ts' };
  lockBy(other);
  lock.release();
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toEqual(other);
});
