import type { Text } from '#kernel/refusal';
import type { Leaf } from '../rule/definition.ts';
import { perLeaf } from './per-leaf.ts';
import type { Branch } from './branches.ts';
import { conflictAt, type Conflict, emptiedBy } from './conflict.ts';
import { minuteOf } from '../engine/minutes.ts';

/** Something of which a sale shows exactly one value. */
interface Choice {
  readonly what: Text;
  /** All values there are; null where conditions name some of many. */
  readonly all: readonly unknown[] | null;
  readonly named: (leaf: Leaf) => ReadonlySet<unknown> | null;
}

const CHOICES: readonly Choice[] = [
  {
    what: { zh: '星期', en: 'weekday' },
    all: [1, 2, 3, 4, 5, 6, 7],
    named: perLeaf((leaf) => (leaf.type === 'weekday' ? new Set(leaf.weekdays) : null)),
  },
  {
    what: { zh: '日期类别', en: 'kind of day' },
    all: ['holiday', 'workday', 'rest'],
    named: perLeaf((leaf) => (leaf.type === 'day_kind' ? new Set(leaf.kinds) : null)),
  },
  {
    what: { zh: '每月日期', en: 'day of the month' },
    all: Array.from({ length: 31 }, (_, index) => index + 1),
    named: perLeaf((leaf) => (leaf.type === 'days_of_month' ? new Set(leaf.days) : null)),
  },
  {
    what: { zh: '会员等级', en: 'tier' },
    all: null,
    named: perLeaf((leaf) => (leaf.type === 'tier' ? new Set(leaf.tiers) : null)),
  },
  {
    what: { zh: '终端类型', en: 'kind of terminal' },
    all: null,
    named: perLeaf((leaf) => (leaf.type === 'terminal_kind' ? new Set(leaf.kinds) : null)),
  },
  {
    what: { zh: '商户类别码', en: 'merchant category' },
    all: null,
    named: perLeaf((leaf) => (leaf.type === 'mcc' ? new Set(leaf.codes) : null)),
  },
];

/** Conditions on one value of the sale that leave no value at all. */
export function choiceConflict(branch: Branch): Conflict | null {
  for (const choice of CHOICES) {
    const { all, named } = choice;
    const asked = branch.filter(({ leaf }) => named(leaf) !== null);
    const first = asked.find(({ negated }) => !negated);
    // Of many values one that nobody names meets what is only excluded.
    if (asked.length === 0 || (all === null && !first)) continue;
    const values = all ?? [...(first ? (named(first.leaf) ?? []) : [])];
    const found = emptiedBy(asked, values, (leaf, value) => named(leaf)?.has(value) ?? null);
    if (!found) continue;
    return conflictAt(found.literal, choice.what, found.before.map(String));
  }
  return hoursConflict(branch) ?? setConflict(branch);
}

const DAY_MINUTES = 1_440;

/** For every minute of the day whether a condition on hours admits it. */
const minutesOf = perLeaf((leaf) => {
  if (leaf.type !== 'hours') return null;
  const open = new Uint8Array(DAY_MINUTES);
  for (const { from, to } of leaf.hours) open.fill(1, minuteOf(from), minuteOf(to));
  return open;
});

const DAY = Array.from({ length: DAY_MINUTES }, (_, minute) => minute);

function hoursConflict(branch: Branch): Conflict | null {
  const asked = branch.filter(({ leaf }) => leaf.type === 'hours');
  const found = emptiedBy(asked, DAY, (leaf, minute) => minutesOf(leaf)?.[minute] === 1);
  if (!found) return null;
  const starts = found.before.filter((minute, at) => found.before[at - 1] !== minute - 1);
  const left = starts.slice(0, 3).map(clock);
  const detail = {
    zh: `与其他时段条件没有共同的时刻;其他条件容许的时段始于:${left.join('、')}`,
    en: `has no moment in common with the other hours, which begin at ${left.join(', ')}`,
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
    named: perLeaf((leaf) => (leaf.type === 'label' ? new Set(leaf.labels) : null)),
  },
  {
    what: { zh: '优惠码', en: 'code' },
    named: perLeaf((leaf) =>
      leaf.type === 'code' ? new Set(leaf.codes.map((code) => code.toUpperCase())) : null,
    ),
  },
  {
    what: { zh: '券', en: 'coupon' },
    named: perLeaf((leaf) => (leaf.type === 'coupon' ? new Set(leaf.templates) : null)),
  },
];

/** A sale may show several labels, codes or coupons: one asked for must not be among those excluded. */
function setConflict(branch: Branch): Conflict | null {
  for (const { what, named } of SETS) {
    const banned = new Set(
      branch.flatMap(({ leaf, negated }) => (negated ? [...(named(leaf) ?? [])] : [])),
    );
    const dead = branch.find(({ leaf, negated }) => {
      const names = named(leaf);
      return !negated && names !== null && [...names].every((name) => banned.has(name));
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
