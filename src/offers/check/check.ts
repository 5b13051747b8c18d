import type { FieldFault } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import { checkBenefit } from './check-benefit.ts';
import { checkCondition, checkConditionSize } from './check-condition.ts';
import { checkAllFunding } from './check-funding.ts';
import { checkLimits } from './check-limits.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkStacking } from './check-stacking.ts';
import { neverFaults } from './never.ts';
import { reported } from './report.ts';

/**
 * Faults of a well-formed definition that only several fields together show; empty if it may be
 * published. Pointers are JSON pointers into the definition; each detail says what would be legal.
 */
export function checkDefinition(definition: Definition): FieldFault[] {
  const { schedule, benefits, conditions } = definition;
  const faults = reported((report) => {
    checkSchedule(schedule, report);
    checkAllFunding(definition, report);
    benefits.forEach((benefit, index) => {
      checkBenefit(benefit, `/benefits/${index}`, definition, report);
    });
    checkLimits(definition, report);
    checkStacking(definition, report);
    if (conditions) {
      checkConditionSize(conditions, report);
      checkCondition(conditions, '/conditions', report);
    }
  });
  return faults.length > 0 ? faults : neverFaults(definition);
}
