import type { Text } from '#kernel/refusal';
import type { Denied } from '../engine/grant.ts';
import type { CompiledOffer } from '../engine/offer.ts';
import type { Limit } from '../rule/definition.ts';
import { times } from './counts.ts';
import { numberText, text } from './figures.ts';
import { glue } from './glue.ts';
import { inUnit } from './granted-text.ts';
import type { Reader } from './reader.ts';
import { windowWords } from './window-text.ts';

export const USED_UP = text('活动额度已用完', 'The offer is used up');

export const SUBJECTS = {
  member: text('须出示会员', 'It is counted per member: show a member'),
  card: text('须使用银行卡付款', 'It is counted per card: pay by card'),
  device: text('无法识别设备', 'It is counted per device, and none is known'),
  terminal: text('无法识别收银终端', 'It is counted per till, and none is known'),
} as const;

export function subjectText({ per }: Limit): Text {
  return per in SUBJECTS ? SUBJECTS[per as keyof typeof SUBJECTS] : SUBJECTS.terminal;
}

const WHO: Readonly<Record<Limit['per'], Text>> = {
  sale: text('本单', 'This sale has'),
  line: text('该行商品', 'This line has'),
  member: text('该会员', 'This member has'),
  card: text('该卡', 'This card has'),
  device: text('该设备', 'This device has'),
  store: text('本店', 'This store has'),
  terminal: text('本终端', 'This till has'),
  offer: text('全部顾客', 'All customers have'),
};

/** Whether its numbers are of others than the buyer: budgets, and limits that many share. */
export function isShared({ reason, limit }: Denied, { definition }: CompiledOffer): boolean {
  if (reason === 'budget' || reason === 'payer_cap') return true;
  const per = limit === undefined ? undefined : definition.limits.each[limit]?.per;
  return per !== undefined && SHARED.has(per);
}

/** Whose numbers are the merchant's own affair. */
const SHARED = new Set<Limit['per']>(['store', 'terminal', 'offer']);

export function limitText(
  { per, window }: Limit,
  { reason, actual, required }: Denied,
  unit: Parameters<typeof inUnit>[0],
  reader: Reader,
): Text {
  const shared = reader !== 'merchant' && SHARED.has(per);
  if (reason === 'limit_amount' && actual < required) {
    if (shared) return USED_UP;
    const most = inUnit(unit, required);
    return text(
      `所得会超过上限 ${most.zh},不予给付`,
      `It would come to more than the limit of ${most.en}: nothing is granted then`,
    );
  }
  if (per === 'sale' || per === 'line')
    return text('本单已达该优惠上限', 'This sale has already had the most this offer gives');
  if (shared) return USED_UP;
  const who = per === 'member' && reader === 'consumer' ? text('您', 'You have') : WHO[per];
  const { zh, en } = windowWords(window ?? { type: 'total' }).now;
  if (reason === 'limit_count')
    return text(
      glue(who.zh, zh, `已享 ${numberText(actual)} 次,上限 ${numberText(required)} 次`),
      `${who.en} had it ${times(actual).en} ${en}; the limit is ${numberText(required)}`,
    );
  const [had, most] = [inUnit(unit, actual), inUnit(unit, required)];
  return text(
    glue(who.zh, zh, `已得 ${had.zh},上限 ${most.zh}`),
    `${who.en} had ${had.en} ${en}; the limit is ${most.en}`,
  );
}
