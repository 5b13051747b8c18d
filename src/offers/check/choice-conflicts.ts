import type { Text } from '#kernel/refusal';
import type { Leaf } from '../rule/definition.ts';
import type { Branch } from './branches.ts';
import { conflictAt, type Conflict, emptiedBy, OTHER } from './conflict.ts';
import { minuteOf } from '../engine/minutes.ts';

/** Something of which a sale shows exactly one value. */
interface Choice {
  readonly what: Text;
  /** All values there are; null where conditions name some of many. */
  readonly all: readonly unknown[] | null;
  readonly named: (leaf: Leaf) => readonly unknown[] | null;
}

const CHOICES: readonly Choice[] = [
  {
    what: { zh: '星期', en: 'weekday' },
    all: [1, 2, 3, 4, 5, 6, 7],
    named: (leaf) => (leaf.type === 'weekday' ? leaf.weekdays : null),
  },
  {
    what: { zh: '日期类别', en: 'kind of day' },
    all: ['holiday', 'workday', 'rest'],
    named: (leaf) => (leaf.type === 'day_kind' ? leaf.kinds : null),
  },
  {
    what: { zh: '每月日期', en: 'day of the month' },
    all: Array.from({ length: 31 }, (_, index) => index + 1),
    named: (leaf) => (leaf.type === 'days_of_month' ? leaf.days : null),
  },
  {
    what: { zh: '会员等级', en: 'tier' },
    all: null,
    named: (leaf) => (leaf.type === 'tier' ? leaf.tiers : null),
  },
  {
    what: { zh: '终端类型', en: 'kind of terminal' },
    all: null,
    named: (leaf) => (leaf.type === 'terminal_kind' ? leaf.kinds : null),
  },
  {
    what: { zh: '商户类别码', en: 'merchant category' },
    all: null,
    named: (leaf) => (leaf.type === 'mcc' ? leaf.codes : null),
  },
];

/** Conditions on one value of the sale that leave no value at all. */
export function choiceConflict(branch: Branch): Conflict | null {
  for (const choice of CHOICES) {
    const asked = branch.filter(({ leaf }) => choice.named(leaf) !== null);
    if (asked.length === 0) continue;
    const values = choice.all ?? [...asked.flatMap(({ leaf }) => choice.named(leaf) ?? []), OTHER];
    const found = emptiedBy(
      asked,
      [...new Set(values)],
      (leaf, value) => choice.named(leaf)?.includes(value) ?? null,
    );
    if (!found) continue;
    const left = found.before.filter((value) => value !== OTHER).map(String);
    return conflictAt(found.literal, choice.what, left, found.before.includes(OTHER));
  }
  return hoursConflict(branch) ?? setConflict(branch);
}

function hoursConflict(branch: Branch): Conflict | null {
  const asked = branch.filter(({ leaf }) => leaf.type === 'hours');
  // A minute that all of them admit exists only if one at which some range begins or ends is one.
  const edges = asked.flatMap(({ leaf }) =>
    leaf.type === 'hours'
      ? leaf.hours.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)])
      : [],
  );
  const minutes = [...new Set([0, ...edges])].filter((minute) => minute < 1440);
  const found = emptiedBy(asked, minutes, (leaf, minute) =>
    leaf.type === 'hours'
      ? leaf.hours.some(({ from, to }) => minuteOf(from) <= minute && minute < minuteOf(to))
      : null,
  );
  if (!found) return null;
  const left = found.before.map(clock);
  const detail = {
    zh: `与其他时段条件没有共同的时刻;其他条件容许的时段始于:${left.slice(0, 3).join('、')}`,
    en: `has no moment in common with the other hours, which begin at ${left.slice(0, 3).join(', ')}`,
  };
  return { pointer: found.literal.pointer, detail };
}

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

const SETS: readonly { readonly what: Text; readonly named: Choice['named'] }[] = [
  {
    what: { zh: '会员标签', en: 'label' },
    named: (leaf) => (leaf.type === 'label' ? leaf.labels : null),
  },
  {
    what: { zh: '优惠码', en: 'code' },
    named: (leaf) => (leaf.type === 'code' ? leaf.codes.map((code) => code.toUpperCase()) : null),
  },
  {
    what: { zh: '券', en: 'coupon' },
    named: (leaf) => (leaf.type === 'coupon' ? leaf.templates : null),
  },
];

/** A sale may show several labels, codes or coupons: one asked for must not be among those excluded. */
function setConflict(branch: Branch): Conflict | null {
  for (const { what, named } of SETS) {
    const banned = new Set(
      branch.flatMap(({ leaf, negated }) => (negated ? (named(leaf) ?? []) : [])),
    );
    const dead = branch.find(({ leaf, negated }) => {
      const names = named(leaf);
      return !negated && names !== null && names.every((name) => banned.has(name));
    });
    if (!dead) continue;
    const excluded = [...banned].map(String);
    return {
      pointer: dead.pointer,
      detail: {
        zh: `所列${what.zh}都被另一条件排除;须至少列出一个不在其中的:${excluded.slice(0, 5).join('、')}`,
        en: `every ${what.en} named is excluded by another condition: name one that is not among ${excluded.slice(0, 5).join(', ')}`,
      },
    };
  }
  return null;
}
