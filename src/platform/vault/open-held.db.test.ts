import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StartFault } from '#platform/config';
import { freshDatabase, type FreshDatabase } from '../../../test/database.ts';
import { openHeldVault } from './open-held.ts';

let db: FreshDatabase;
const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'tillback-held-')));
beforeAll(async () => void (db = await freshDatabase()));
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await db?.drop();
});

const keyOf = (byte: number) => ({
  TILLBACK_MASTER_KEY: Buffer.alloc(32, byte).toString('base64'),
});

test('the first start holds the database under its key; another key is refused in plain words', async () => {
  const [here, elsewhere] = folders as [string, string];
  const starts = await Promise.allSettled(
    [1, 2, 1, 2].map((byte) => openHeldVault(db, here, keyOf(byte))),
  );
  const opened = starts.filter(({ status }) => status === 'fulfilled');
  expect(opened).toHaveLength(2);
  const winner = starts[0]?.status === 'fulfilled' ? 1 : 2;

  const fault = await openHeldVault(db, elsewhere, {}).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(StartFault);
  expect((fault as StartFault).message).toMatch(
    /sealed under the master key [0-9a-f]{8}, .* Set TILLBACK_MASTER_KEY .* master\.key into /,
  );
  expect((await openHeldVault(db, elsewhere, keyOf(winner))).keyId).toMatch(/^[0-9a-f]{8}$/);
});
