import { setTimeout as sleep } from 'node:timers/promises';
import { startPostmaster } from './start-postmaster.ts';
import type { Postmaster, StartOptions } from './start-postmaster.ts';
import { stopPostmaster } from './stop-postmaster.ts';

/** Told when PostgreSQL ended unasked: `restarted` once it answers again, else it was given up. */
export interface UnexpectedExit {
  readonly pid: number;
  readonly restarted: boolean;
}

const RESTARTS = 6;

const restart = async (options: StartOptions): Promise<Postmaster | null> => {
  for (let attempt = 1; attempt <= RESTARTS; attempt += 1) {
    try {
      return await startPostmaster(options);
    } catch (error) {
      options.log.error({ err: error, attempt }, 'PostgreSQL did not start again');
      await sleep(Math.min(5000, 100 * 2 ** attempt));
    }
  }
  return null;
};

/** Keeps PostgreSQL running on the same port until it is asked to stop. */
export const supervise = (first: Postmaster, options: StartOptions) => {
  const listeners: ((exit: UnexpectedExit) => void)[] = [];
  const state = { postmaster: first, stopping: false };
  const watch = async (): Promise<void> => {
    while (!state.stopping) {
      const { pid, gone } = state.postmaster;
      await gone;
      if (state.stopping) return;
      options.log.error({ pid }, 'PostgreSQL ended unasked; starting it again');
      const next = await restart(options);
      if (next) {
        state.postmaster = next;
        options.log.info({ pid: next.pid }, 'PostgreSQL runs again');
      }
      for (const told of listeners) told({ pid, restarted: next !== null });
      if (!next) return;
    }
  };
  const watching = watch();
  return {
    state,
    listeners,
    async stop(): Promise<void> {
      state.stopping = true;
      const before = state.postmaster;
      await stopPostmaster(before, options.log);
      await watching;
      if (state.postmaster !== before) await stopPostmaster(state.postmaster, options.log);
    },
  };
};

export type Supervisor = ReturnType<typeof supervise>;
