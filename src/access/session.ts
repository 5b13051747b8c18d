const HOUR_MS = 3_600_000;
const IDLE_MS = 12 * HOUR_MS;
const WHOLE_MS = 7 * 24 * HOUR_MS;
const STEP_MS = 10 * 60_000;

/** When a session opened now expires unused, and when it ends in any case. */
export function spanOf(now: Date): { expires: Date; ends: Date } {
  return { expires: new Date(now.getTime() + IDLE_MS), ends: new Date(now.getTime() + WHOLE_MS) };
}

/** The later expiry of a session used now; undefined while it would move by less than ten minutes. */
export function slidTo(now: Date, expires: Date, ends: Date): Date | undefined {
  const slid = Math.min(now.getTime() + IDLE_MS, ends.getTime());
  return slid - expires.getTime() >= STEP_MS ? new Date(slid) : undefined;
}
