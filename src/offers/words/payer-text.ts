import type { Text } from '#kernel/refusal';
import type { Funding } from '../rule/definition.ts';
import { text } from './figures.ts';

export type Payer = Funding[number];

/** Who pays: "机构 21" and "org 21" for a funder. */
export function payerText({ party, funder_org: org }: Pick<Payer, 'party' | 'funder_org'>): Text {
  if (party === 'funder') return text(`机构 ${org ?? ''}`.trim(), `org ${org ?? ''}`.trim());
  return party === 'store' ? text('门店', 'the store') : text('商户', 'the merchant');
}
