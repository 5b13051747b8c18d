import type { LeafTest } from '../engine/condition.ts';
import type { CompiledBenefit, CompiledOffer } from '../engine/offer.ts';
import { KEPT_QUIET } from './actual-text.ts';
import type { ExplainedReason, Found, Told } from './found.ts';
import type { Value } from './leaf.ts';
import type { Miss } from './miss.ts';
import { missingText } from './missing-text.ts';
import { requiredOf } from './required.ts';
import { decisiveFirst, weightOf } from './weigh.ts';

/** What is missing for a benefit, as the reader hears it; null for who was never meant. */
export function missesFound(
  found: readonly Miss[],
  { definition }: CompiledOffer,
  benefit: CompiledBenefit,
  { reader, outcome: { view } }: Told,
  reason?: ExplainedReason,
): Found | null {
  const misses = decisiveFirst(found);
  if (reader === 'consumer' && !concerns(misses)) return null;
  const [first] = misses as [Miss];
  const quiet = reader !== 'merchant' && KEPT_QUIET.has(first.test.type);
  const more = misses.every(({ missing }) => missing !== null);
  return {
    outcome: 'not',
    reason: reason ?? (first.inverted ? 'excluded_by' : first.test.type),
    actual: quiet ? null : first.actual,
    required: quiet ? null : askedOf(first),
    missing: more ? first.missing : null,
    unit: more ? first.unit : null,
    reach: first.reach,
    weight: weightOf(misses, view),
    text: missingText(misses, definition.benefits[benefit.index]!, reader),
  };
}

function askedOf({ test, inverted, actual, required }: Miss): Value {
  return inverted ? null : (required ?? requiredOf(test, actual));
}

const TIMES = new Set<LeafTest['type']>([
  'weekday',
  'hours',
  'day_kind',
  'days_of_month',
  'blackout',
]);

/** Who was never meant is no news to the buyer; who could still have it, or at another hour, is told. */
function concerns(misses: readonly Miss[]): boolean {
  return misses.every(
    ({ reach, test, inverted }) => reach !== 'never' || (!inverted && TIMES.has(test.type)),
  );
}
