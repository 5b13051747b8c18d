import type { Text } from '#kernel/refusal';
import type { Benefit, Timing } from '../rule/definition.ts';
import { ordinal, plural } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { anyOf } from './lists.ts';
import { windowWords } from './window-text.ts';

type Delayed = Extract<Benefit, { readonly kind: 'points' | 'cashback' }>;

export function timingText(timing: Timing | undefined, benefit: Delayed): Text {
  switch (timing?.type) {
    case undefined:
    case 'instant':
      return text('付款后立即到账', 'available as soon as you have paid');
    case 'business_days': {
      const days = numberText(timing.days);
      return text(
        `在付款后第 ${days} 个工作日到账(法定节假日不计,调休上班日计入)`,
        `available on the ${ordinal(timing.days)} business day after you pay; public holidays do not count, make-up days do`,
      );
    }
    case 'cumulative':
      return cumulativeText(timing, benefit);
    case 'after_last': {
      const days = numberText(timing.days);
      const card = timing.whose === 'card';
      return text(
        `在${card ? '同一张卡' : ''}最后一次参加活动的消费后第 ${days} 个工作日一并到账,其间每次参加活动的消费都重新计时`,
        `all available on the ${ordinal(timing.days)} business day after the last purchase that took part${card ? ' with the same card' : ''}; each further one starts the clock again`,
      );
    }
  }
}

type Cumulative = Extract<Timing, { readonly type: 'cumulative' }>;

/** "满 1,000.00 元或满 5 笔". */
export function reachText({ amount, count }: Cumulative['reach']): Text {
  const parts: Text[] = [];
  if (amount !== undefined) parts.push(money(amount));
  if (count !== undefined) parts.push(text(`${numberText(count)} 笔`, plural(count, 'purchase')));
  return text(parts.map(({ zh }) => `满 ${zh}`).join('或'), anyOf(parts).en);
}

function cumulativeText({ window, reach, whose }: Cumulative, { earn }: Delayed): Text {
  const reached = reachText(reach);
  const words = windowWords(window).of;
  const within = window.type === 'total' ? text('', words.en) : words;
  const card = whose === 'card' ? text('同一张卡', ' with one card') : text('', '');
  const once = earn.by === 'fixed';
  const first = text(
    `在${card.zh}${within.zh}参加活动的消费累计${reached.zh}时${once ? '发放一次' : '一并到账'}`,
    `${once ? 'granted once' : 'all available'} when the purchases that took part${card.en} reach ${reached.en} ${within.en}`,
  );
  if (once || window.type === 'total') return first;
  return text(
    `${first.zh},到期未达到的不予发放`,
    `${first.en}; what has not reached it by then is not granted`,
  );
}
