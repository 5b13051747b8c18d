import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { prepared } from '../engine/prepare-condition.ts';
import { testsOf } from '../engine/prepare-tests.ts';
import type { Benefit, Definition } from '../rule/definition.ts';
import { arrivalTerms } from './arrival-terms.ts';
import { benefitTerms } from './benefit-terms.ts';
import { combiningTerms } from './combining-terms.ts';
import { text } from './figures.ts';
import { sentence } from './glue.ts';
import { howTerms } from './how-terms.ts';
import { limitTerms } from './limit-terms.ts';
import { returnTerms } from './return-terms.ts';
import { whenTerms } from './when-terms.ts';
import { workedExample } from './worked-example.ts';
import { whereTerms, whoTerms } from './who-terms.ts';

const TITLES = {
  when: text('活动时间', 'When'),
  where: text('适用范围', 'Where'),
  who: text('参加对象', 'Who'),
  how: text('参加条件', 'What it takes'),
  what: text('优惠内容', 'What you get'),
  limits: text('限制', 'Limits'),
  arrival: text('到账与有效期', 'When you get it'),
  returns: text('退货', 'Returns'),
  combining: text('同享', 'Together with other offers'),
  notes: text('说明', 'Please note'),
  example: text('示例', 'Example'),
} as const satisfies Record<string, Text>;

/** A part of the terms: complete sentences under a title. */
export interface TermsSection {
  readonly key: keyof typeof TITLES;
  readonly title: Text;
  readonly sentences: readonly Text[];
}

export interface Terms {
  readonly name: Text;
  /** Those that have something to say, in the order of reading. */
  readonly sections: readonly TermsSection[];
}

/**
 * The terms of an offer, made from its rule and nothing else: what a member may rely on. They keep quiet
 * about funders, control groups, labels and codes.
 * @param today the example is of a day from then on
 */
export function termsOf(definition: Definition, today: Day): Terms {
  const benefits = heard(definition.benefits);
  const example = workedExample(definition, today);
  const { conditions: _, ...open } = definition;
  const tests = testsOf(open).filter((test): test is LeafTest => !('of' in test));
  const said: Record<keyof typeof TITLES, readonly Text[]> = {
    when: whenTerms(tests).map(sentence),
    where: whereTerms(tests).map(sentence),
    who: whoTerms(tests).map(sentence),
    how: definition.conditions ? howTerms(prepared(definition.conditions)) : [],
    what: benefits.flatMap((benefit) =>
      benefitTerms(benefit, definition.stacking.base === 'initial'),
    ),
    limits: limitTerms(definition),
    arrival: arrivalTerms(benefits),
    returns: returnTerms(definition),
    combining: combiningTerms(definition),
    notes: definition.disclosures ?? [],
    example: example === null ? [] : [example],
  };
  const keys = Object.keys(TITLES) as (keyof typeof TITLES)[];
  return {
    name: definition.name,
    sections: keys
      .map((key) => ({ key, title: TITLES[key], sentences: said[key] }))
      .filter(({ sentences }) => sentences.length > 0),
  };
}

/** The merchant's own rebate is no news to a member, unless it is all there is. */
function heard(benefits: readonly Benefit[]): readonly Benefit[] {
  const own = benefits.filter((benefit) => !('to' in benefit && benefit.to === 'merchant'));
  return own.length > 0 ? own : benefits;
}
