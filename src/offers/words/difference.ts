import type { Definition } from '../rule/definition.ts';
import { moved, replaced } from './change-text.ts';
import { type Change, type Differences, differences } from './change.ts';
import { differingBenefits } from './differing-benefits.ts';
import { differingConditions } from './differing-conditions.ts';
import { differingFunding } from './differing-funding.ts';
import { differingLimits } from './differing-limits.ts';
import { differingSchedule } from './differing-schedule.ts';
import { differingAudience, differingScope } from './differing-scope.ts';
import { differingStacking } from './differing-stacking.ts';
import { numberText, text } from './figures.ts';

/**
 * What changed from one version of an offer to another, a sentence for each field, for those who run it.
 * Empty if both say the same.
 */
export function differenceOf(before: Definition, after: Definition): Change[] {
  const into = differences();
  differingHead(into, before, after);
  differingSchedule(into, before.schedule, after.schedule);
  differingScope(into, before.scope, after.scope);
  differingAudience(into, before.audience, after.audience);
  differingConditions(into, before.conditions, after.conditions);
  differingBenefits(into, before.benefits, after.benefits);
  differingFunding(into, '/funding', before.funding, after.funding);
  differingLimits(into, before, after);
  differingStacking(into, before, after);
  const [was, is] = [before.disclosures ?? [], after.disclosures ?? []];
  const key = (each: { zh: string; en: string }): string => `${each.zh}\n${each.en}`;
  for (const each of is.filter((one) => !was.some((other) => key(other) === key(one))))
    into.say('/disclosures', text(`新增说明:${each.zh}`, `new notice: ${each.en}`));
  for (const each of was.filter((one) => !is.some((other) => key(other) === key(one))))
    into.say('/disclosures', text(`取消说明:${each.zh}`, `gone: the notice: ${each.en}`));
  return into.found;
}

function differingHead(into: Differences, before: Definition, after: Definition): void {
  const same = (value: string) => text(value, value);
  replaced(into, '/code', text('编码', 'code'), same(before.code), same(after.code));
  replaced(into, '/name', text('名称', 'name'), before.name, after.name);
  moved(
    into,
    '/priority',
    text('优先级序号(小者先判)', 'priority number (the smaller goes first)'),
    before.priority,
    after.priority,
    (value) => text(numberText(value), numberText(value)),
  );
}
