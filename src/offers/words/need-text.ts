import type { CalendarWindow } from '#kernel/calendar-window';
import type { Text } from '#kernel/refusal';
import { actText } from './act-text.ts';
import { itemsText } from './bounds-text.ts';
import { plural } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { glue } from './glue.ts';
import type { Miss } from './miss.ts';
import type { Reader } from './reader.ts';
import { windowWords } from './window-text.ts';

/** What would make a condition hold, as something to do: "再消费 12.40 元" and "spend 12.40 yuan more". */
export function needText(miss: Miss, reader: Reader): Text {
  const { test, missing, unit } = miss;
  if (missing === null || unit === null) return actText(test, reader);
  const within = test.type === 'history' ? withinText(test.window) : text('', '');
  const when = within.en && ` ${within.en}`;
  const goods = 'items' in test && test.items !== null ? itemsText(test.items) : null;
  const of = (preposition: string) => (goods === null ? '' : ` ${preposition} ${goods.en}`);
  const count = numberText(missing);
  switch (unit) {
    case 'fen': {
      const { zh, en } = money(missing);
      const verb = goods === null ? '再消费' : glue('再购买', goods.zh);
      return text(`${glue(within.zh, verb)} ${zh}`, `spend ${en} more${of('on')}${when}`);
    }
    case 'items':
      return text(
        `再买 ${count} 件${goods === null ? '' : `「${goods.zh}」`}`,
        `buy ${count} more${of('of')}`,
      );
    case 'purchases': {
      const bought = goods === null ? '消费' : glue('购买', goods.zh);
      return text(
        glue(within.zh, `再${bought} ${count} 次`),
        `make ${plural(missing, 'more purchase')}${of('of')}${when}`,
      );
    }
    case 'visits':
      return text(
        glue(within.zh, `再到店消费 ${count} 天`),
        `make ${plural(missing, 'more visit')}${when}`,
      );
    case 'days':
      return text(`再过 ${count} 天`, `wait ${plural(missing, 'more day')}`);
  }
}

function withinText(window: CalendarWindow): Text {
  if (window.type === 'total') return text('', '');
  if (window.type !== 'rolling') return windowWords(window).now;
  const days = numberText(window.days);
  return text(`${days} 天内`, `within ${days} days`);
}
