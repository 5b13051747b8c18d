import type { Text } from '#kernel/refusal';
import type { Funding } from '../rule/definition.ts';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { differingPayer, wholePayer } from './differing-payer.ts';
import { text } from './figures.ts';
import { type Payer, payerText } from './payer-text.ts';

/** Payers are the same by party and org; their place in the list counts where one passes on to the next. */
export function differingFunding(
  into: Differences,
  pointer: string,
  before: Funding,
  after: Funding,
): void {
  for (const [index, payer] of after.entries()) {
    const old = before.find((each) => keyOf(each) === keyOf(payer));
    const at = `${pointer}/${index}`;
    if (old === undefined) replaced(into, at, label(payer), undefined, wholePayer(payer));
    else differingPayer(into, at, old, payer);
  }
  for (const [index, payer] of before.entries()) {
    if (after.some((each) => keyOf(each) === keyOf(payer))) continue;
    replaced(into, `${pointer}/${index}`, label(payer), wholePayer(payer), undefined);
  }
  const both = (one: Funding, other: Funding) =>
    one.filter((payer) => other.some((each) => keyOf(each) === keyOf(payer)));
  const order = (payers: Funding): Text => {
    const each = payers.map(payerText);
    return text(each.map(({ zh }) => zh).join('、'), each.map(({ en }) => en).join(', '));
  };
  const title = text('出资顺序', 'order of the payers');
  replaced(into, pointer, title, order(both(before, after)), order(both(after, before)));
}

function keyOf({ party, funder_org: org }: Payer): string {
  return `${party} ${org ?? ''}`;
}

function label(payer: Payer): Text {
  const who = payerText(payer);
  return text(`出资方(${who.zh})`, `payer (${who.en})`);
}
