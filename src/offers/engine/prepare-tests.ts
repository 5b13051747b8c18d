import type { Definition } from '../rule/definition.ts';
import { LAST_DAY, type Test } from './condition.ts';
import { unionOf } from './items.ts';
import { rangesOf } from './minutes.ts';
import { audienceTests } from './prepare-audience.ts';
import { prepared } from './prepare-condition.ts';

/**
 * Every test of a definition, in the order in which a failure is reported; a condition that is an "all"
 * stands as its parts. Those that `isLate` names are decided when the offer's turn comes.
 * @param programmes only members of these; absent: whoever the definition admits
 */
export function testsOf(definition: Definition, programmes?: readonly string[]): Test[] {
  return [
    ...scheduleTests(definition),
    ...scopeTests(definition),
    ...audienceTests(definition, programmes),
    ...targetTests(definition),
    ...(definition.conditions ? conjuncts(prepared(definition.conditions)) : []),
  ];
}

function scheduleTests({ schedule }: Definition): Test[] {
  const tests: Test[] = [{ type: 'day', from: schedule.from, to: schedule.to ?? LAST_DAY }];
  if (schedule.blackout) tests.push({ type: 'blackout', ranges: schedule.blackout });
  if (schedule.day_kinds) tests.push({ type: 'day_kind', kinds: new Set(schedule.day_kinds) });
  if (schedule.weekdays) tests.push({ type: 'weekday', weekdays: new Set(schedule.weekdays) });
  if (schedule.hours) tests.push({ type: 'hours', ranges: rangesOf(schedule.hours) });
  return tests;
}

function scopeTests({ scope }: Definition): Test[] {
  const tests: Test[] = [];
  if (scope.stores) tests.push({ type: 'store', stores: new Set(scope.stores) });
  if (scope.terminals) tests.push({ type: 'terminal', terminals: new Set(scope.terminals) });
  if (scope.channels) tests.push({ type: 'channel', channels: new Set(scope.channels) });
  return tests;
}

/** An offer whose every benefit is for some goods asks for one of them. */
function targetTests({ benefits }: Definition): Test[] {
  const targets = benefits.map((benefit) => benefit.target);
  return targets.every((target) => target !== undefined)
    ? [{ type: 'target', items: unionOf(targets) }]
    : [];
}

function conjuncts(test: Test): Test[] {
  return test.type === 'all' ? test.of.flatMap(conjuncts) : [test];
}
