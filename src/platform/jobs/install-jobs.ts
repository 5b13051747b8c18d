import { getConstructionPlans, getMigrationPlans, PgBoss } from 'pg-boss';
import library from 'pg-boss/package.json' with { type: 'json' };
import type pg from 'pg';

/** The schema of pg-boss: its own tables, by which no org is told from another, and never money. */
export const JOBS_SCHEMA = 'pgboss';

/**
 * Makes the job queue's schema, or brings it up to the version of the library. The application's role works
 * in it and does not change it.
 * @param client connected as the owner, outside a transaction
 * @returns whether anything was made
 */
export async function installJobs(client: pg.Client): Promise<boolean> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    schema: JOBS_SCHEMA,
  });
  if (!(await boss.isInstalled())) {
    await client.query(getConstructionPlans(JOBS_SCHEMA));
    return true;
  }
  const version = await boss.schemaVersion();
  if (version === null || version >= library.pgboss.schema) return false;
  await client.query(getMigrationPlans(JOBS_SCHEMA, version));
  return true;
}
