import type { Text } from '#kernel/refusal';
import { assumedText } from './assumed-text.ts';
import { asking } from './asking.ts';
import { dayText } from './dates.ts';
import { boughtText, paidText, shownText } from './example-words.ts';
import { money, text } from './figures.ts';
import { glue, sentence } from './glue.ts';
import { joined } from './lists.ts';
import { rewardText, validText } from './reward-text.ts';
import { clock } from './week.ts';
import type { Worked } from './worked.ts';

/** "例:11月21日(周六)消费 120.00 元,返现 6.00 元,11月24日(周二)到账。" */
export function exampleText(worked: Worked): Text {
  const { way, facts, today } = worked;
  const day = dayText(facts.day, today);
  const hour = asking(way, 'hours').length > 0 ? clock(facts.minute) : '';
  const tier = asking(way, 'tier').length > 0 ? (facts.member?.tier ?? '') : '';
  const how = [boughtText(facts), paidText(worked), shownText(facts)].filter(
    (each) => each !== null,
  );
  const did = joined(how, ',', ' ');
  const assumed = assumedText(worked);
  const supposed = assumed === null ? text('', '') : text(`(${assumed.zh})`, ` (${assumed.en})`);
  const had = resultText(worked);
  return sentence(
    text(
      `例:${tier && `${glue(tier, '等级的会员')}于`}${glue(`${day.zh}${hour}`, did.zh)}${supposed.zh},${had.zh}`,
      `example: on ${day.en}${hour && ` at ${hour}`}${tier && `, as a member of tier ${tier},`} you ${did.en}${supposed.en} and get ${had.en}`,
    ),
  );
}

function resultText({ facts, evaluation, benefits }: Worked): Text {
  const { decisions, discount, due } = evaluation;
  const said: Text[] = [];
  if (discount > 0)
    said.push(
      text(
        `减 ${money(discount).zh},实付 ${money(due).zh}`,
        `${money(discount).en} off, ${money(due).en} to pay`,
      ),
    );
  for (const decision of decisions) {
    const heard = benefits.some(({ index }) => index === decision.benefit);
    if (decision.kind === 'discount' || !heard) continue;
    const { zh, en } = rewardText(decision, true, facts.day);
    const given = text(zh, en.replace(/ earned\b/, ''));
    const valid = validText(decision);
    said.push(valid === null ? given : joined([given, valid], ',', ', '));
  }
  return joined(said, ';', '; ');
}
