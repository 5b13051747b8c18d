import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StartFault } from '#platform/config';
import { installJobs } from '../jobs/install-jobs.ts';
import { connectOwner, rightsFault } from './connect-owner.ts';
import { ensureRoles } from './ensure-roles.ts';
import { APP_ROLE, SWEEP_ROLE } from './transact.ts';

const FOLDER = fileURLToPath(new URL('../../../db/', import.meta.url));
const SECURE = 'secure.sql';
const LOCK = 7_311_530;

/**
 * Brings the schema up to date: applies the files of db/migrations in the order of their names, each in
 * a transaction of its own, then the job queue's own schema, then db/secure.sql if it
 * or a table is new, which walls every table by org. Safe to run from
 * several processes at once.
 * @returns the names applied now.
 * @throws StartFault if the server or the database cannot be used, or a file already applied has changed
 *   since.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = await connectOwner(url);
  try {
    return await migrated(client);
  } catch (error) {
    throw rightsFault(error, client) ?? error;
  } finally {
    await client.end();
  }
}

async function migrated(client: pg.Client): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  await client.query(`create schema if not exists platform;
    create table if not exists platform.migration (
      name text primary key, sha256 bytea not null, applied_at timestamptz not null default now())`);
  await ensureRoles(client, [APP_ROLE, SWEEP_ROLE]);
  const applied = await applyPending(client);
  const installed = await installJobs(client);
  await secure(client, installed || applied.length > 0);
  return applied;
}

/** The walls are built anew for new tables, and when they themselves have changed. */
async function secure(client: pg.Client, anew: boolean): Promise<void> {
  const text = await readFile(`${FOLDER}${SECURE}`, 'utf8');
  const sha256 = createHash('sha256').update(text).digest();
  const { rows } = await client.query<{ sha256: Buffer }>(
    'select sha256 from platform.migration where name = $1',
    [SECURE],
  );
  if (anew || !rows[0]?.sha256.equals(sha256)) await inOne(client, text, [SECURE, sha256]);
}

async function applyPending(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; sha256: Buffer }>(
    'select name, sha256 from platform.migration',
  );
  const done = new Map(rows.map((row) => [row.name, row.sha256]));
  const applied: string[] = [];
  const files = (await readdir(`${FOLDER}migrations`))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  for (const name of files) {
    const text = await readFile(`${FOLDER}migrations/${name}`, 'utf8');
    const sha256 = createHash('sha256').update(text).digest();
    const before = done.get(name);
    if (before && !before.equals(sha256)) {
      throw new StartFault(
        `The database was made by another version of Tillback: migration ${name} has another text there. ` +
          'Start the version that made it, or a later one.',
      );
    }
    if (before) continue;
    await inOne(client, text, [name, sha256]);
    applied.push(name);
  }
  return applied;
}

async function inOne(client: pg.Client, text: string, row: [string, Buffer]): Promise<void> {
  await client.query('begin');
  try {
    await client.query(text);
    await client.query(
      `insert into platform.migration (name, sha256) values ($1, $2)
       on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`,
      row,
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${row[0]} failed: ${(error as Error).message}`, { cause: error });
  }
}
