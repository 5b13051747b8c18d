import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareDataDir } from './prepare-folder.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillback-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
    expect(() => prepareDataDir(path)).toThrow(/is not a folder.*DATA_DIR=/);
  }
});
