import type { Text } from '#kernel/refusal';
import { moved, replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { money, percent, text } from './figures.ts';
import { glue } from './glue.ts';
import { type Payer, payerText } from './payer-text.ts';

function partText({ share, fixed }: Payer): Text {
  if (share !== undefined) return text(`出资 ${percent(share)}`, percent(share));
  return fixed === undefined
    ? text('出资余下部分', 'the remainder')
    : text(`每单出资 ${money(fixed).zh}`, `${money(fixed).en} a grant`);
}

export function wholePayer(payer: Payer): Text {
  const part = partText(payer);
  const { budget } = payer;
  return budget === undefined
    ? part
    : text(`${part.zh}(预算 ${budget})`, `${part.en} (budget ${budget})`);
}

const CAPS = {
  per_sale: text('每单', ' a sale'),
  per_day: text('每日', ' a day'),
  per_month: text('每月', ' a month'),
  total: text('总', ' in all'),
} as const;

export function differingPayer(
  into: Differences,
  pointer: string,
  before: Payer,
  after: Payer,
): void {
  const who = payerText(after);
  const of = (zh: string, en: string) => text(glue(who.zh, zh), `${en} of ${who.en}`);
  if (before.share !== undefined && after.share !== undefined) {
    const share = (value: number) => text(percent(value), percent(value));
    moved(into, `${pointer}/share`, of('的出资比例', 'share'), before.share, after.share, share);
  } else if (before.fixed !== undefined && after.fixed !== undefined) {
    moved(
      into,
      `${pointer}/fixed`,
      of('的每单出资', 'fixed part'),
      before.fixed,
      after.fixed,
      money,
    );
  } else {
    replaced(into, pointer, of('的出资', 'part'), partText(before), partText(after));
  }
  const budget = ({ budget: each }: Payer) => (each === undefined ? undefined : text(each, each));
  replaced(into, `${pointer}/budget`, of('的预算', 'budget'), budget(before), budget(after));
  for (const name of Object.keys(CAPS) as (keyof typeof CAPS)[]) {
    const words = CAPS[name];
    const title = text(glue(who.zh, `${words.zh}出资上限`), `most that ${who.en} pays${words.en}`);
    moved(into, `${pointer}/cap/${name}`, title, before.cap?.[name], after.cap?.[name], money);
  }
  const over = ({ overflow }: Payer) =>
    overflow === 'next'
      ? text('由后面的出资方承担', 'passed to the payers after it')
      : text('减少给付', 'the grant becomes smaller');
  const title = of('出资不足的部分', 'unpaid rest');
  replaced(into, `${pointer}/overflow`, title, over(before), over(after));
}
