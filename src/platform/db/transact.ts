import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { pause } from '#platform/clock';
import { openLookUps } from './look-ups.ts';
import { orgsSetting } from './orgs-setting.ts';

/** A connection inside a transaction, under row-level security. */
export interface Tx {
  /** Rows of one statement. */
  query<T = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<T[]>;
  /** How many rows one statement changed. */
  execute(text: string, params?: readonly unknown[]): Promise<number>;
  /** Like `query`, prepared once per connection under `name`; for statements that run all day. */
  prepared<T = Record<string, unknown>>(
    name: string,
    text: string,
    params: readonly unknown[],
  ): Promise<T[]>;
  /** Like `execute`, prepared; throws if the count differs from `expected`. */
  change(
    name: string,
    text: string,
    params: readonly unknown[],
    expected?: number,
  ): Promise<number>;
  /**
   * Like `change`, for the share of a part in a batch: it may travel in one statement with the changes of
   * other parts, so it must not rest on them.
   */
  join(name: string, text: string, params: readonly unknown[], expected: number): Promise<void>;
  /** What this connection knows to be committed, such as accounts that are open; empty again after a failure. */
  readonly remembered: Set<string>;
}

export interface Database {
  /**
   * Runs `work` in one read-committed transaction that sees the rows of `orgs` only, and commits.
   * Serialisation failures and deadlocks are tried again, at most three times.
   */
  transact<T>(orgs: readonly number[], work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * One prepared statement in a read-only transaction of its own, in a single round trip: for look-ups that
   * every sale makes. Its plan reaches rows by their keys only.
   */
  lookUp<T>(
    orgs: readonly number[],
    name: string,
    text: string,
    params: readonly unknown[],
  ): Promise<T[]>;
  /** Like `transact`, read-only. */
  read<T>(orgs: readonly number[], work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of its own with pipelining, for a lane of the record. */
  lane(): Promise<pg.Client>;
  /**
   * Looks for due work over all orgs: sees only tables marked as swept, and may change nothing. What it
   * finds is then carried out org by org.
   */
  sweep<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Maintains; not for requests. */
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export { orgsSetting } from './orgs-setting.ts';

export const APP_ROLE = 'tillback_app';
export const SWEEP_ROLE = 'tillback_sweep';

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

// A lane's statements reach every row by its key. A plan made while a table was small must not stay on.
const LANE_SETTINGS =
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan';

/** Opens the application's connections. They act as `tillback_app`, never as the owner. */
export function openDatabase(url: string, connections = 10): Database {
  const options = { connectionString: url, options: SETTINGS, application_name: 'tillback' };
  const pool = new pg.Pool({ ...options, max: connections, idleTimeoutMillis: 60_000 });
  pool.on('error', () => undefined);
  // A connection in use that breaks says so twice: to its query, and as an event that must be heard.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const run = <T>(orgs: readonly number[], begin: string, work: (tx: Tx) => Promise<T>) =>
    retried(() => inTransaction(pool, `${begin}; ${orgsSetting(orgs)}`, work));
  const pipelined = async () => {
    // The types of pg do not know its pipelining yet.
    const settings = { ...options, options: `${SETTINGS} ${LANE_SETTINGS}`, pipeline: true };
    const client = new pg.Client(settings);
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const looking = openLookUps(pipelined);
  return {
    pool,
    lookUp: (orgs, name, text, params) => looking.lookUp(orgs, name, text, params),
    transact: (orgs, work) => run(orgs, 'begin', work),
    read: (orgs, work) => run(orgs, 'begin read only', work),
    sweep: (work) =>
      retried(() => inTransaction(pool, `begin read only; set local role ${SWEEP_ROLE}`, work)),
    lane: pipelined,
    async close() {
      await Promise.all([looking.close(), pool.end()]);
    },
  };
}

export function txOf(client: Pick<pg.ClientBase, 'query'>, remembered = new Set<string>()): Tx {
  const change: Tx['change'] = async (name, text, values, expected) => {
    const count = (await client.query({ name, text, values: values as unknown[] })).rowCount ?? 0;
    if (expected !== undefined && count !== expected) {
      throw new Error(`${name} changed ${count} rows where ${expected} were expected`);
    }
    return count;
  };
  return {
    remembered,
    query: async (text, params = []) => (await client.query(text, params as unknown[])).rows,
    execute: async (text, params = []) =>
      (await client.query(text, params as unknown[])).rowCount ?? 0,
    prepared: async (name, text, values) =>
      (await client.query({ name, text, values: values as unknown[] })).rows,
    change,
    async join(name, text, values, expected) {
      await change(name, text, values, expected);
    },
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  begin: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
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
