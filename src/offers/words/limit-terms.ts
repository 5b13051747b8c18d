import type { Text } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import { text } from './figures.ts';
import { sentence } from './glue.ts';
import { limitText, limitUnit } from './limit-text.ts';

/** The limits of an offer as sentences; that money may run out without saying whose it is. */
export function limitTerms({ limits, benefits, funding }: Definition): Text[] {
  const unit = limitUnit(benefits);
  const found = limits.each.map((limit) => limitText(limit, unit));
  const known = (['card', 'device'] as const).filter((per) =>
    limits.each.some((limit) => limit.per === per),
  );
  for (const per of known)
    found.push(
      per === 'card'
        ? text(
            '不用银行卡付款的消费不参加',
            'a purchase that is not paid by card does not take part',
          )
        : text(
            '无法识别设备的消费不参加',
            'a purchase whose device is not known does not take part',
          ),
    );
  const ends = runsOut({ benefits, funding });
  if (ends)
    found.push(text('活动额度有限,用完即止', 'the offer ends early when its budget is used up'));
  if (found.length > 0) {
    found.push(
      limits.partial_grants
        ? text(
            '剩余额度不足时,按剩余额度给付',
            'where less is left than you would get, you get what is left',
          )
        : text(
            '剩余额度不足时,不再给付',
            'where less is left than you would get, nothing is granted',
          ),
    );
  }
  return found.map(sentence);
}

/** Whether a budget or a payer's cap may end the offer before its day. */
function runsOut({ benefits, funding }: Pick<Definition, 'benefits' | 'funding'>): boolean {
  const own = benefits.flatMap((benefit) => ('funding' in benefit && benefit.funding) || []);
  return [...funding, ...own].some(({ budget, cap }) => budget !== undefined || cap !== undefined);
}
