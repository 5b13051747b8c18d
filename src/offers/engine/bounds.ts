import type { Bounds } from './condition.ts';

/** A condition's bounds; an absent one is infinite. */
export function boundsOf({
  min,
  max,
}: {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}): Bounds {
  return { min: min ?? 0, max: max ?? Infinity };
}

export function within(value: number, { min, max }: Bounds): boolean {
  return min <= value && value <= max;
}
