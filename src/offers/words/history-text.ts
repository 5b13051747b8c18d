import type { Text } from '#kernel/refusal';
import type { HistoryTest } from '../engine/condition.ts';
import { boundsText, itemsText } from './bounds-text.ts';
import { plural } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { glue } from './glue.ts';
import { windowWords } from './window-text.ts';

/** "自然月内消费满 5 笔(含本单)" and "at least 5 purchases in a calendar month, this one included". */
export function historyText(test: HistoryTest): Text {
  const window = windowWords(test.window).of;
  const of = test.items === null ? null : itemsText(test.items);
  const card = test.whose === 'card' ? text('同一张卡', ' with one card') : text('', '');
  const verb = test.measure === 'visits' ? '到店消费' : '消费';
  const bought = of === null ? text(verb, '') : text(glue('购买', of.zh), ` of ${of.en}`);
  const measured = measuredText(test);
  return text(
    glue(card.zh, window.zh, bought.zh, `${measured.zh}(含本单)`),
    `with ${measured.en}${bought.en}${card.en} ${window.en}, this one included`,
  );
}

const UNITS: Readonly<Record<HistoryTest['measure'], (value: number) => Text>> = {
  amount: (value) => text(money(value).zh, `${money(value).en} of purchases`),
  count: (value) => text(`${numberText(value)} 笔`, plural(value, 'purchase')),
  visits: (value) =>
    text(`${numberText(value)} 天`, plural(value, 'day with a purchase', 'days with a purchase')),
};

function measuredText({ measure, min, max, every }: HistoryTest): Text {
  const unit = UNITS[measure];
  if (every === 0) return boundsText({ min, max }, unit);
  const each = unit(every);
  const multiple = text(`每满 ${each.zh}`, `every ${each.en}`);
  if (min === 0 && max === Infinity) return multiple;
  const bounds = boundsText({ min, max }, unit);
  return text(`${multiple.zh}(${bounds.zh})`, `${multiple.en} (${bounds.en})`);
}
