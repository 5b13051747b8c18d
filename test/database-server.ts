import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { silentLog } from '#platform/log';
import { launchPostgres } from '#platform/postgres/launch';

/** One PostgreSQL for all tests that need one, as durable as the product's; each file takes a database. */
export default async function databaseServer(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tillback-test-'));
  const postgres = await launchPostgres({ dataDir: join(folder, 'data'), log: silentLog() });
  project.provide('databaseUrl', postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
