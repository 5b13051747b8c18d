import type { Condition, Leaf } from '../rule/definition.ts';
import { checkItems } from './check-items.ts';
import { checkBins } from './check-bins.ts';
import { checkHours } from './check-schedule.ts';
import { leavesAt } from './names.ts';
import type { Report } from './report.ts';

const CONDITIONS_MAX = 200;
const NAMES_MAX = 10_000;

/** The tree as a whole stays small enough to be tested in every sale. */
export function checkConditionSize(conditions: Condition, report: Report): void {
  const leaves = leavesAt(conditions, '/conditions');
  if (leaves.length > CONDITIONS_MAX) {
    report(
      '/conditions',
      `条件合计至多 ${CONDITIONS_MAX} 项,现为 ${leaves.length}`,
      `at most ${CONDITIONS_MAX} conditions in all, not ${leaves.length}`,
    );
  }
  const names = leaves.reduce((sum, { leaf }) => sum + listedIn(leaf), 0);
  if (names <= NAMES_MAX) return;
  report(
    '/conditions',
    `各条件列出的名称、数字合计至多 ${NAMES_MAX} 个,现为 ${names};请改用类别、品牌或区间`,
    `at most ${NAMES_MAX} names and numbers listed in all conditions, not ${names}: use categories, brands or ranges`,
  );
}

/** How many entries the lists of a condition have. */
function listedIn(leaf: object): number {
  return Object.values(leaf).reduce<number>((sum, value: unknown) => {
    if (Array.isArray(value)) return sum + value.length;
    return typeof value === 'object' && value !== null ? sum + listedIn(value) : sum;
  }, 0);
}

/** Each condition by itself: bounds in order, lists that say something. */
export function checkCondition(condition: Condition, at: string, report: Report): void {
  if ('of' in condition) {
    condition.of.forEach((inner, index) => checkCondition(inner, `${at}/of/${index}`, report));
    return;
  }
  checkLeaf(condition, at, report);
}

function checkLeaf(leaf: Leaf, at: string, report: Report): void {
  const { type } = leaf;
  if (type === 'contains') checkItems(leaf, at, report);
  if (type === 'hours') checkHours(leaf.hours, `${at}/hours`, report);
  if (type === 'bin') checkBins(leaf, at, report);
  if (type === 'tender') checkMethods(leaf.methods, at, report);
  if (type === 'mcc') checkMcc(leaf.codes, at, report);
  if (type === 'history') checkHistory(leaf, at, report);
  if (type === 'member_for') checkBounds(leaf, at, report, 'min_days', 'max_days');
  if (type === 'unit_price' && leaf.target) checkItems(leaf.target, `${at}/target`, report);
  if (
    type === 'basket_amount' ||
    type === 'basket_quantity' ||
    type === 'days_since_last' ||
    type === 'unit_price'
  )
    checkBounds(leaf, at, report);
  if (type === 'nth_purchase' && leaf.numbers === undefined && leaf.every === undefined)
    report(at, '须写 numbers 或 every', 'must give numbers or every');
}

type Bound = 'min' | 'max' | 'min_days' | 'max_days';

function checkBounds(
  leaf: { readonly [bound in Bound]?: number | undefined },
  at: string,
  report: Report,
  least: Bound = 'min',
  most: Bound = 'max',
): void {
  const [min, max] = [leaf[least], leaf[most]];
  if (min === undefined && max === undefined) {
    report(at, `须写 ${least}、${most} 或两者`, `must give ${least}, ${most} or both`);
  } else if (min !== undefined && max !== undefined && max < min) {
    report(`${at}/${most}`, `须不小于 ${least}(${min})`, `must be at least ${least}, ${min}`);
  }
}

function checkHistory(leaf: Extract<Leaf, { type: 'history' }>, at: string, report: Report): void {
  const { min, max, every, target } = leaf;
  if (target) checkItems(target, `${at}/target`, report);
  if (every === undefined) {
    checkBounds(leaf, at, report);
    return;
  }
  if (min !== undefined && max !== undefined) checkBounds(leaf, at, report);
  if (max !== undefined && every > max) {
    report(
      `${at}/every`,
      `须不大于 max(${max}),否则永远数不到`,
      `must be at most max, ${max}, or it is never reached`,
    );
  }
}

/** How a sale can be paid. */
export const METHODS = ['cash', 'card', 'wallet'] as const;

function checkMethods(methods: readonly string[], at: string, report: Report): void {
  methods.forEach((method, index) => {
    if (METHODS.some((each) => each === method)) return;
    report(
      `${at}/methods/${index}`,
      `须为 ${METHODS.join('、')} 之一;具体钱包请用 wallet 条件`,
      `must be one of ${METHODS.join(', ')}; ask for a certain wallet with the condition wallet`,
    );
  });
}

function checkMcc(codes: readonly string[], at: string, report: Report): void {
  codes.forEach((code, index) => {
    if (/^\d{4}$/.test(code)) return;
    report(`${at}/codes/${index}`, '商户类别码须为四位数字', 'must be four digits, such as 5411');
  });
}
