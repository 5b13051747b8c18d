import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { pause } from '#platform/clock';

/** A connection inside a transaction, under row-level security. */
export interface Tx {
  /** Rows of one statement. */
  query<T = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<T[]>;
  /** How many rows one statement changed. */
  execute(text: string, params?: readonly unknown[]): Promise<number>;
  /** Like `query`, prepared once per connection under `name`; for statements that run all day. */
  prepared<T = Record<string, unknown>>(name: string, text: string, params: readonly unknown[]): Promise<T[]>;
  /** Like `execute`, prepared; throws if the count differs from `expected`. */
  change(name: string, text: string, params: readonly unknown[], expected?: number): Promise<number>;
}

export interface Database {
  /**
   * Runs `work` in one read-committed transaction that sees the rows of `orgs` only, and commits.
   * Serialisation failures and deadlocks are tried again, at most three times.
   */
  transact<T>(orgs: readonly number[], work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `transact`, read-only. */
  read<T>(orgs: readonly number[], work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of its own with pipelining, for a lane of the record. */
  lane(): Promise<pg.Client>;
  /** Listens and maintains; not for requests. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export const APP_ROLE = 'tillback_app';

const inside = new AsyncLocalStorage<true>();

/** True while the caller stands inside a database transaction. */
export function insideTransaction(): boolean {
  return inside.getStore() === true;
}

/** Runs `work` marked as inside a transaction, so that outgoing calls throw. */
export function markInside<T>(work: () => T): T {
  return inside.run(true, work);
}

pg.types.setTypeParser(20, (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
});
pg.types.setTypeParser(1082, (text) => text);

const SETTINGS = `-c role=${APP_ROLE} -c statement_timeout=20000 -c idle_in_transaction_session_timeout=20000 -c lock_timeout=10000`;

/** Opens the application's connections. They act as `tillback_app`, never as the owner. */
export function openDatabase(url: string, connections = 10): Database {
  const options = { connectionString: url, options: SETTINGS, application_name: 'tillback' };
  const pool = new pg.Pool({ ...options, max: connections, idleTimeoutMillis: 60_000 });
  pool.on('error', () => undefined);
  const run = <T>(orgs: readonly number[], begin: string, work: (tx: Tx) => Promise<T>) =>
    retried(() => inTransaction(pool, `${begin}; ${orgsSetting(orgs)}`, work));
  return {
    pool,
    transact: (orgs, work) => run(orgs, 'begin', work),
    read: (orgs, work) => run(orgs, 'begin read only', work),
    async lane() {
      const client = new pg.Client({ ...options, pipeline: true } as pg.ClientConfig);
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}

/** `set local app.orgs`: integers only, so nothing can be injected. */
export function orgsSetting(orgs: readonly number[]): string {
  if (!orgs.every(Number.isSafeInteger)) throw new TypeError('an org is a whole number');
  return `set local app.orgs = '${orgs.join(',')}'`;
}

export function txOf(client: Pick<pg.ClientBase, 'query'>): Tx {
  return {
    query: async (text, params = []) => (await client.query(text, params as unknown[])).rows,
    execute: async (text, params = []) => (await client.query(text, params as unknown[])).rowCount ?? 0,
    prepared: async (name, text, values) =>
      (await client.query({ name, text, values: values as unknown[] })).rows,
    async change(name, text, values, expected) {
      const count = (await client.query({ name, text, values: values as unknown[] })).rowCount ?? 0;
      if (expected !== undefined && count !== expected) {
        throw new Error(`${name} changed ${count} rows where ${expected} were expected`);
      }
      return count;
    },
  };
}

async function inTransaction<T>(pool: pg.Pool, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await markInside(() => work(txOf(client)));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => (broken = cause));
    throw error;
  } finally {
    client.release(broken);
  }
}

const AGAIN = new Set(['40001', '40P01']);

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (attempt >= 3 || code === undefined || !AGAIN.has(code)) throw error;
      await pause(attempt * 10);
    }
  }
}
