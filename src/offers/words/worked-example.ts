import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import { compileOffers } from '../engine/compile.ts';
import type { Decision } from '../engine/decision.ts';
import { decide } from '../engine/evaluate.ts';
import type { CompiledBenefit } from '../engine/offer.ts';
import type { Definition } from '../rule/definition.ts';
import { exampleText } from './example-text.ts';
import { salesFor } from './example-sale.ts';
import { waysOf } from './ways.ts';
import type { Worked } from './worked.ts';

const TRIES_MAX = 400;

/**
 * An example with real figures: a sale that fulfils the rule, decided by the engine itself; null where
 * none is found. @param today examples are of a day from then on, as far as the offer lasts
 */
export function workedExample(definition: Definition, today: Day): Text | null {
  const set = compileOffers([{ offer: 'example', version: 1, status: 'live', definition }]);
  const offer = set.offers[0]!;
  const heard = offer.benefits.filter(({ toMerchant }) => !toMerchant);
  const benefits = heard.length > 0 ? heard : offer.benefits;
  const { from } = definition.schedule;
  const start = from > today || offer.end < today ? from : today;
  let best: Worked | null = null;
  let tries = 0;
  for (const way of waysOf([...offer.tests, ...offer.lateTests])) {
    for (const facts of salesFor(way, offer, set, start)) {
      if (++tries > TRIES_MAX) return best && exampleText(best);
      const { evaluation } = decide(facts, set);
      const worth = worthOf(evaluation.decisions, benefits);
      const worked = { way, facts, today, evaluation, benefits };
      if (worth === 2) return exampleText(worked);
      if (worth === 1) best ??= worked;
    }
  }
  return best && exampleText(best);
}

/** 2: every benefit whole; 1: some of them; 0: none. */
function worthOf(decisions: readonly Decision[], wanted: readonly CompiledBenefit[]): 0 | 1 | 2 {
  const granted = decisions.filter(({ benefit }) => wanted.some(({ index }) => index === benefit));
  if (granted.length === 0) return 0;
  const whole = granted.every(({ partly }) => partly === undefined);
  return whole && granted.length === wanted.length ? 2 : 1;
}
