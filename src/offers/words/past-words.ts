import type { Text } from '#kernel/refusal';
import type { HistoryTest } from '../engine/condition.ts';
import type { Facts } from '../engine/facts.ts';
import type { CompiledBenefit } from '../engine/offer.ts';
import { itemsText } from './bounds-text.ts';
import { plural } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { glue } from './glue.ts';
import { windowWords } from './window-text.ts';

/** The purchases before in the window of a condition: "当月此前已消费 2 笔". */
export function beforeText({ measure, window, items }: HistoryTest, before: number): Text {
  const { zh, en } = windowWords(window).same;
  const goods = items === null ? null : itemsText(items);
  const bought = goods === null ? '消费' : glue('购买', goods.zh);
  const verb = `${zh}此前已${measure === 'visits' ? '到店' : ''}${bought}`;
  const of = goods === null ? '' : ` of ${goods.en}`;
  if (measure === 'amount')
    return text(`${verb} ${money(before).zh}`, `after ${money(before).en} of purchases${of} ${en}`);
  return measure === 'count'
    ? text(`${verb} ${numberText(before)} 笔`, `after ${plural(before, 'purchase')}${of} ${en}`)
    : text(
        `${verb} ${numberText(before)} 天`,
        `after ${plural(before, 'day with a purchase', 'days with a purchase')}${of} ${en}`,
      );
}

/** What the sales before have come to, in the unit that the pool waits for. */
export function pooledText({ index, timing }: CompiledBenefit, { usage }: Facts): Text[] {
  const head = `pool:example:${index}:`;
  const used = Object.entries(usage).find(([key]) => key.startsWith(head))?.[1];
  if (used === undefined || timing.type !== 'cumulative') return [];
  const { zh, en } = windowWords(timing.window).same;
  const verb = `${zh}此前参加活动的消费已有`;
  const took = `that took part ${en}`;
  return timing.amount === null
    ? [
        text(
          `${verb} ${numberText(used.count)} 笔`,
          `after ${plural(used.count, 'purchase')} ${took}`,
        ),
      ]
    : [
        text(
          `${verb} ${money(used.amount).zh}`,
          `after ${money(used.amount).en} of purchases ${took}`,
        ),
      ];
}
