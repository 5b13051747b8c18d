import type { Text } from '#kernel/refusal';
import { usageOf } from '../engine/limit-room.ts';
import type { CompiledOffer } from '../engine/offer.ts';
import { plural } from './counts.ts';
import { numberText, text } from './figures.ts';
import type { Told } from './found.ts';
import { inUnit } from './granted-text.ts';
import { limitUnit, subjectText } from './limit-text.ts';
import { joined } from './lists.ts';
import { windowWords } from './window-text.ts';

/** What the offer's limits counted before this sale: "每位会员每日:已用 1/2 次". */
export function usedTexts(offer: CompiledOffer, { facts }: Told): Text[] {
  const unit = limitUnit(offer.definition.benefits);
  return offer.limits.flatMap((limit) => {
    const usage = usageOf(offer, limit, facts);
    if (usage === null) return [];
    const used: Text[] = [];
    if (limit.count < Infinity)
      used.push(
        text(
          `已用 ${numberText(usage.count)}/${numberText(limit.count)} 次`,
          `${numberText(usage.count)} of ${plural(limit.count, 'use')}`,
        ),
      );
    if (limit.amount < Infinity) {
      const [had, most] = [inUnit(unit, usage.amount), inUnit(unit, limit.amount)];
      used.push(text(`已得 ${had.zh}/${most.zh}`, `${had.en} of ${most.en}`));
    }
    const head = text(
      `${subjectText(limit.per).zh}${windowWords(limit.window).each.zh}`,
      `${subjectText(limit.per).en} ${windowWords(limit.window).each.en}`,
    );
    const { zh, en } = joined(used, '、', ', ');
    return [text(`${head.zh}:${zh}(不含本单)`, `${head.en}: ${en} before this sale`)];
  });
}
