/** What an error is logged with: never a request's headers or body, which may hold secrets. */
export interface FaultLog {
  error(fields: object, message: string): void;
}

/** Logs an error; those with the same key are counted, and one without a key always stands in full. */
export type TellError = (key: string | null, fields: object, message: string) => void;

const EVERY_MS = 10_000;
const KEYS_MAX = 500;

/**
 * Logs the first error of a kind in full and those that follow it as one line with their count every
 * `everyMs`, so that an outage does not fill the log. A kind that paused so long is logged in full again.
 */
export function tellErrors(log: FaultLog, everyMs = EVERY_MS): TellError {
  const counts = new Map<string, number>();

  function countOn(key: string, message: string): void {
    setTimeout(() => {
      const count = counts.get(key) ?? 0;
      if (count === 0) return void counts.delete(key);
      counts.set(key, 0);
      log.error({ count, seconds: everyMs / 1000 }, `the same again: ${message}`);
      countOn(key, message);
    }, everyMs).unref();
  }

  return (key, fields, message) => {
    const count = key === null ? undefined : counts.get(key);
    if (key !== null && count !== undefined) return void counts.set(key, count + 1);
    log.error(fields, message);
    if (key === null || counts.size >= KEYS_MAX) return;
    counts.set(key, 0);
    countOn(key, message);
  };
}
