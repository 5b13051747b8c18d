import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';

type Step = () => unknown;

interface Registered {
  readonly name: string;
  readonly run: Step;
  readonly limitMs: number;
}

/** Numbers that a shell gives to a process ended by a signal: 128 and the signal's number. */
const EXIT: Partial<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

const steps: Registered[] = [];
let draining: Promise<boolean> | null = null;

/**
 * Registers what must be stopped in good order. Steps run in reverse order of registration: what
 * was opened last is closed first. `limitMs` is the longest it is waited for (10 s).
 */
export const onDrain = (name: string, run: Step, limitMs = 10_000): void => {
  steps.push({ name, run, limitMs });
};

const runStep = async ({ name, run, limitMs }: Registered, log: Log): Promise<boolean> => {
  const late = new AbortController();
  try {
    const limit = sleep(limitMs, 'late' as const, { signal: late.signal });
    limit.catch(() => undefined);
    const result = await Promise.race([Promise.resolve().then(run), limit]);
    if (result !== 'late') return true;
    log.error({ step: name, limitMs }, 'draining: this step took too long and was left behind');
  } catch (error) {
    log.error({ step: name, err: error }, 'draining: this step failed');
  } finally {
    late.abort();
  }
  return false;
};

const runSteps = async (reason: string, log: Log): Promise<boolean> => {
  log.info({ reason }, 'draining');
  const results: boolean[] = [];
  for (let step = steps.pop(); step; step = steps.pop()) results.push(await runStep(step, log));
  log.info('drained');
  return results.every(Boolean);
};

/** Stops everything once, however often it is called. Tells whether every step ended well in time. */
export const drain = (reason: string, log: Log): Promise<boolean> => {
  draining ??= runSteps(reason, log).finally(() => {
    draining = null;
  });
  return draining;
};

const end = async (reason: string, code: number, log: Log): Promise<never> => {
  const clean = await drain(reason, log);
  process.exit(clean || code !== 0 ? code : 1);
};

/**
 * Ties draining to the ends of the process: the first SIGINT, SIGTERM or SIGHUP drains and exits 0, or
 * with the shell's number if what it ends is left undone; a second one exits at once; a bug that nobody
 * caught is logged and drains with exit code 1; so does the end of the parent that started this process
 * with a channel.
 */
export const drainAtEnd = (log: Log, { undone = false } = {}): void => {
  let asked = false;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (asked) process.exit(EXIT[name]);
      asked = true;
      void end(name, undone ? (EXIT[name] ?? 1) : 0, log);
    });
  }
  const bug = (kind: string) => (error: unknown) => {
    log.fatal({ err: error }, kind);
    void end(kind, 1, log);
  };
  process.on('uncaughtException', bug('uncaught exception'));
  process.on('unhandledRejection', bug('unhandled rejection'));
  if (process.channel) {
    process.once('disconnect', () => void end('the starting process is gone', 1, log));
    process.channel.unref();
  }
};
