import type { Database } from './transact.ts';

/**
 * Holds a name for this process alone, over all processes on the database; it is free again when the
 * process ends, however it ends. For work of which one at a time may run; it takes a connection.
 * @returns gives it back; undefined if another has it
 */
export async function holdLock(
  { pool }: Database,
  name: string,
): Promise<(() => Promise<void>) | undefined> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      [name],
    );
    if (rows[0]?.held !== true) {
      client.release();
      return undefined;
    }
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
  return async () => {
    // The lock goes with the connection where it cannot be given back.
    const done = await client
      .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
      .catch((error: Error) => error);
    client.release(done instanceof Error ? done : undefined);
  };
}
