import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '#platform/db/migrate';
import { type Database, openDatabase } from '#platform/db/transact';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

const TEMPLATE = 'tillback_template';
let template: Promise<void> | undefined;

export interface FreshDatabase extends Database {
  readonly url: string;
  /** Closes the connections and drops the database. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own on the test server; drop it when the file is done. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject('databaseUrl');
  template ??= makeTemplate(server);
  await template;
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name} template ${TEMPLATE}`);
  const url = named(server, name);
  const db = openDatabase(url);
  return {
    ...db,
    url,
    async drop() {
      await db.close();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}

/** Runs SQL as the database's owner, beyond the application's walls: to plant a breach, or to look. */
export async function asOwner<T>(url: string, sql: string, params: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, params)).rows as T[];
  } finally {
    await client.end();
  }
}

async function makeTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(42)');
    const { rowCount } = await client.query(
      'select from pg_database where datname = $1 and datallowconn = false',
      [TEMPLATE],
    );
    if (rowCount) return;
    await client.query(`drop database if exists ${TEMPLATE}`);
    await client.query(`create database ${TEMPLATE}`);
    await migrate(named(server, TEMPLATE));
    await client.query(`alter database ${TEMPLATE} with allow_connections false`);
  } finally {
    await client.end();
  }
}

async function onServer(server: string, sql: string): Promise<void> {
  await asOwner(server, sql);
}

function named(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
