import type { Definition } from '../rule/definition.ts';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { percent, text } from './figures.ts';
import { listed } from './listed-change.ts';
import { allOf } from './lists.ts';
import { CHANNELS } from './place-text.ts';

export function differingScope(
  into: Differences,
  before: Definition['scope'],
  after: Definition['scope'],
): void {
  listed(into, '/scope/stores', text('适用门店', 'stores'), before.stores, after.stores);
  const tills = text('适用终端', 'terminals');
  listed(into, '/scope/terminals', tills, before.terminals, after.terminals);
  const channels = (values: readonly (string | number)[]) =>
    allOf(values.map((each) => CHANNELS[each] ?? text(String(each), String(each))));
  const label = text('适用渠道', 'channels');
  listed(into, '/scope/channels', label, before.channels, after.channels, channels);
}

export function differingAudience(
  into: Differences,
  before: Definition['audience'],
  after: Definition['audience'],
): void {
  const members = ({ members_only: only }: Definition['audience']) =>
    only === true ? text('仅限会员', 'members only') : text('所有顾客', 'everybody');
  replaced(
    into,
    '/audience/members_only',
    text('参加对象', 'audience'),
    members(before),
    members(after),
  );
  listed(into, '/audience/tiers', text('会员等级', 'tiers'), before.tiers, after.tiers);
  listed(into, '/audience/labels', text('会员标签', 'labels'), before.labels, after.labels);
  const held = ({ hold_out: each }: Definition['audience']) =>
    each && text(`${percent(each.share)}(${each.salt})`, `${percent(each.share)} (${each.salt})`);
  replaced(into, '/audience/hold_out', text('对照组', 'control group'), held(before), held(after));
}
