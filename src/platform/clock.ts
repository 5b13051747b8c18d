import { setTimeout as wait } from 'node:timers/promises';

/** The machine's clock: the only place that reads it. Business decisions use `ctx.now` instead. */
export function realNow(): Date {
  return new Date();
}

/** Milliseconds of a steady clock, for measuring durations. */
export function steadyMs(): number {
  return performance.now();
}

export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, { ref: true, ...(signal ? { signal } : {}) }).catch(() => undefined);
}
