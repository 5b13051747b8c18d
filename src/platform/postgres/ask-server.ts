import { Client } from 'pg';
import { DATABASE, urlOf } from './credentials.ts';
import type { Credentials } from './credentials.ts';

const ask = async (url: string, sql: string): Promise<string | null> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // A server that dies under an idle client reports it as an event, which must have a listener.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string }>(sql);
    return rows[0]?.value ?? null;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** The data directory of the server that accepts our password on our port; null when none does. */
export const clusterBehind = async (credentials: Credentials): Promise<string | null> => {
  try {
    return await ask(
      urlOf(credentials, 'postgres'),
      `select current_setting('data_directory') as value`,
    );
  } catch {
    return null;
  }
};

/** Creates the product's database unless it is there. */
export const createDatabase = async (credentials: Credentials): Promise<void> => {
  const url = urlOf(credentials, 'postgres');
  const found = await ask(url, `select 1 as value from pg_database where datname = '${DATABASE}'`);
  if (found === null) await ask(url, `create database ${DATABASE}`);
};
