import type { Explanation } from './explain.ts';
import { lighter } from './weigh.ts';

/** Of the offers not granted those that more buying or coming again would bring, the nearest first. */
export function nearest(explained: readonly Explanation[]): Explanation[] {
  return explained
    .filter(({ outcome, missing }) => outcome === 'not' && missing !== null)
    .toSorted((a, b) =>
      lighter(a.weight!, b.weight!) ? -1 : lighter(b.weight!, a.weight!) ? 1 : 0,
    );
}
