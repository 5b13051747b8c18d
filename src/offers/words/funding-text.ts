import type { Text } from '#kernel/refusal';
import type { Decision } from '../engine/decision.ts';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import { inUnit } from './granted-text.ts';
import { payerText } from './payer-text.ts';

/** Who pays which part: "商户 3.00 元、机构 9(预算 b)6.00 元". Empty for what costs nobody anything. */
export function fundingText({ kind, funding }: Pick<Decision, 'kind' | 'funding'>): Text {
  const parts = funding.map(({ party, funderOrg, budget, amount }) => {
    const who = payerText({ party, ...(funderOrg !== undefined && { funder_org: funderOrg }) });
    const sum = inUnit(kind, amount);
    return budget === undefined
      ? text(glue(who.zh, ` ${sum.zh}`), `${who.en} ${sum.en}`)
      : text(`${who.zh}(预算 ${budget})${sum.zh}`, `${who.en} (budget ${budget}) ${sum.en}`);
  });
  return text(parts.map(({ zh }) => zh).join('、'), parts.map(({ en }) => en).join(', '));
}
