import type { LeafOf, LeafTest } from '../engine/condition.ts';

/** The conditions of one type. */
export function asking<T extends LeafTest['type']>(way: readonly LeafTest[], type: T): LeafOf<T>[] {
  return way.filter((test): test is LeafOf<T> => test.type === type);
}
