import type { Log } from '../log.ts';
import { signal } from './processes.ts';
import type { Postmaster } from './start-postmaster.ts';

const FAST_LIMIT_MS = 60_000;
const IMMEDIATE_LIMIT_MS = 10_000;

const within = async (gone: Promise<void>, limitMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), limitMs);
  });
  const result = await Promise.race([gone.then(() => true), late]);
  clearTimeout(timer);
  return result;
};

/** Fast shutdown: sessions end, a checkpoint is written. If that hangs, the next start recovers. */
export const stopPostmaster = async ({ pid, gone }: Postmaster, log: Log): Promise<void> => {
  signal(pid, 'SIGINT');
  if (await within(gone, FAST_LIMIT_MS)) return;
  log.warn({ pid }, 'PostgreSQL is slow to stop; ending it at once, the next start recovers');
  signal(pid, 'SIGQUIT');
  if (await within(gone, IMMEDIATE_LIMIT_MS)) return;
  signal(pid, 'SIGKILL');
  await within(gone, IMMEDIATE_LIMIT_MS);
};
