import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { expiryText } from './expiry-text.ts';
import { text } from './figures.ts';
import { sentence } from './glue.ts';
import { labelOf } from './label-text.ts';
import { joined } from './lists.ts';
import { timingText } from './timing-text.ts';

/** When the benefits arrive and until when they can be used, a sentence for each that differs. */
export function arrivalTerms(benefits: readonly Benefit[]): Text[] {
  const found = new Map<string, { readonly labels: Text[]; readonly said: Text }>();
  for (const benefit of benefits) {
    for (const said of sayings(benefit)) {
      const label = labelOf(benefit);
      const known = found.get(said.zh);
      if (known === undefined) found.set(said.zh, { labels: [label], said });
      else if (!known.labels.some(({ zh }) => zh === label.zh)) known.labels.push(label);
    }
  }
  return [...found.values()].map(({ labels, said }) =>
    sentence(
      text(
        `${labels.map(({ zh }) => zh).join('、')}${said.zh}`,
        `${joined(labels, '', ', ').en}: ${said.en}`,
      ),
    ),
  );
}

function sayings(benefit: Benefit): Text[] {
  switch (benefit.kind) {
    case 'discount':
      return [text('在付款前直接减免', 'taken off before you pay')];
    case 'points':
      return [timingText(benefit.timing, benefit), expiryText(benefit.expiry)];
    case 'cashback':
      return [timingText(benefit.timing, benefit)];
    case 'growth':
      return [text('付款后立即计入', 'counted as soon as you have paid')];
    case 'coupon':
      return [
        text(
          '付款后立即到账,下次消费起可用,不能用于本单',
          'yours as soon as you have paid; for the next purchase on, never for the same one',
        ),
      ];
    case 'gift':
      return [text('付款时当场领取', 'handed over when you pay')];
  }
}
