import type { Benefit } from '../rule/definition.ts';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { differingFunding } from './differing-funding.ts';
import { expiryText } from './expiry-text.ts';
import { text } from './figures.ts';
import { label } from './label-text.ts';
import { timingText } from './timing-text.ts';

export function differingTiming(
  into: Differences,
  pointer: string,
  before: Benefit,
  after: Benefit,
): void {
  if ('timing' in before || 'timing' in after) {
    const timing = (benefit: Benefit) =>
      benefit.kind === 'points' || benefit.kind === 'cashback'
        ? timingText(benefit.timing, benefit)
        : undefined;
    const title = label(after, '到账方式', ' arrival');
    replaced(into, `${pointer}/timing`, title, timing(before), timing(after));
  }
  if (before.kind === 'points' && after.kind === 'points') {
    const title = label(after, '有效期', ' validity');
    replaced(into, `${pointer}/expiry`, title, expiryText(before.expiry), expiryText(after.expiry));
  }
}

export function differingOwnFunding(
  into: Differences,
  pointer: string,
  before: Benefit,
  after: Benefit,
): void {
  const was = 'funding' in before ? before.funding : undefined;
  const is = 'funding' in after ? after.funding : undefined;
  if (was !== undefined && is !== undefined)
    return differingFunding(into, `${pointer}/funding`, was, is);
  const own = (list: typeof was) =>
    list === undefined
      ? text('按方案的出资方', 'the payers of the offer')
      : text('单独的出资方', 'payers of its own');
  const title = label(after, '出资', ' funding');
  replaced(into, `${pointer}/funding`, title, own(was), own(is));
}
