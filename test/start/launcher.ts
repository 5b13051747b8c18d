import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';

export interface Launched {
  readonly url: string;
  readonly pid: number;
  readonly adopted: boolean;
}

/** A process of its own that launches PostgreSQL on the folder and keeps it; it can be killed. */
export const launchInProcess = async (dataDir: string): Promise<[ChildProcess, Launched]> => {
  const child = fork(`${import.meta.dirname}/launch-and-wait.ts`, [dataDir], { execArgv: [] });
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Launched];
  if (child.exitCode !== null) throw new Error('the process ended before PostgreSQL answered');
  return [child, told];
};

export const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

/** The first column of the first row. */
export const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
};
