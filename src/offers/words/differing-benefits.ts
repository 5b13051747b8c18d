import type { Text } from '#kernel/refusal';
import { itemsOf } from '../engine/items.ts';
import type { Benefit } from '../rule/definition.ts';
import { itemsText } from './bounds-text.ts';
import { moved, replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { differingOwnFunding, differingTiming } from './differing-timing.ts';
import { money, text } from './figures.ts';
import { getsText } from './gets-text.ts';
import { inUnit } from './granted-text.ts';
import { label } from './label-text.ts';

interface Placed {
  readonly pointer: string;
  readonly benefit: Benefit;
}

/** Benefits of a kind are paired in order; what has no pair is new or gone. */
export function differingBenefits(
  into: Differences,
  before: readonly Benefit[],
  after: readonly Benefit[],
): void {
  const gone = before.map(placed);
  for (const each of after.map(placed)) {
    const at = gone.findIndex(({ benefit }) => benefit.kind === each.benefit.kind);
    const [old] = at < 0 ? [] : gone.splice(at, 1);
    if (old) differingBenefit(into, each.pointer, old.benefit, each.benefit);
    else replaced(into, each.pointer, label(each.benefit, ''), undefined, getsText(each.benefit));
  }
  for (const { pointer, benefit } of gone)
    replaced(into, pointer, label(benefit, ''), getsText(benefit), undefined);
}

function placed(benefit: Benefit, index: number): Placed {
  return { pointer: `/benefits/${index}`, benefit };
}

function differingBenefit(
  into: Differences,
  pointer: string,
  before: Benefit,
  after: Benefit,
): void {
  const of = (zh: string, en: string) => label(after, zh, en);
  replaced(into, pointer, of('', ''), wholeText(before), wholeText(after));
  const goods = ({ target }: Benefit) =>
    target === undefined ? text('全部商品', 'all goods') : itemsText(itemsOf(target));
  replaced(into, `${pointer}/target`, of('适用商品', ' goods'), goods(before), goods(after));
  moved(into, `${pointer}/spend`, of('门槛', ' threshold'), before.spend, after.spend, money);
  const cap = (benefit: Benefit) => ('cap' in benefit ? benefit.cap : undefined);
  moved(
    into,
    `${pointer}/cap`,
    of('每单上限', ' limit per sale'),
    cap(before),
    cap(after),
    (value) => inUnit(after.kind, value),
  );
  differingTiming(into, pointer, before, after);
  differingOwnFunding(into, pointer, before, after);
}

/** Rounding is said only where it is not the usual one. */
function wholeText(benefit: Benefit): Text {
  const gets = getsText(benefit);
  const rule = 'off' in benefit ? benefit.off : 'earn' in benefit ? benefit.earn : null;
  if (rule === null || !('rounding' in rule) || rule.rounding === undefined) return gets;
  const usual = benefit.kind === 'points' || benefit.kind === 'growth' ? 'down' : 'half_up';
  if (rule.rounding === usual) return gets;
  return rule.rounding === 'down'
    ? text(`${gets.zh}(尾数舍去)`, `${gets.en} (rounded down)`)
    : text(`${gets.zh}(尾数四舍五入)`, `${gets.en} (rounded half up)`);
}
