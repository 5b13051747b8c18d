/**
 * How what is missing could still be had: by spending or buying more in this sale, by doing something
 * else at the till, by coming again, or not at all.
 */
export type Reach = 'spend' | 'act' | 'later' | 'never';

export type MissUnit = 'fen' | 'items' | 'purchases' | 'visits' | 'days';

/** What a sale shows, what is asked for, and what more would do. */
export interface Short {
  readonly actual: number;
  readonly required: number;
  readonly missing: number;
  readonly unit: MissUnit;
  readonly reach: Reach;
}

export function lacking(
  actual: number,
  required: number,
  unit: MissUnit,
  reach: Reach,
): Short | null {
  return actual < required ? { actual, required, missing: required - actual, unit, reach } : null;
}
