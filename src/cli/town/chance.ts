/** A generator of chances that gives the same for the same seed. */
export interface Chance {
  /** From 0 up to but without 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in so many of a thousand cases. */
  perMille(cases: number): boolean;
  /** One of the list by its weight. */
  weighed<T>(list: readonly (readonly [T, number])[]): T;
}

/** Mulberry32: 32 bits of state are plenty for a town. */
export function chanceOf(seed: string): Chance {
  let state = seedOf(seed);
  const next = () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    pick: <T>(list: readonly T[]) => list[whole(0, list.length - 1)] as T,
    perMille: (cases) => next() * 1000 < cases,
    weighed<T>(list: readonly (readonly [T, number])[]) {
      const total = list.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [value, weight] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      return (list.at(-1) as readonly [T, number])[0];
    },
  };
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return hash >>> 0;
}
