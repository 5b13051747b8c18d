import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { boundsText } from './bounds-text.ts';
import { days } from './counts.ts';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import { historyText } from './history-text.ts';
import { names } from './lists.ts';
import { birthdayText, nthText } from './occasion-text.ts';

type BuyerTest = Extract<
  LeafTest,
  {
    readonly type:
      | 'member'
      | 'programme'
      | 'tier'
      | 'label'
      | 'member_for'
      | 'birthday'
      | 'nth_purchase'
      | 'days_since_last'
      | 'history'
      | 'hold_out';
  }
>;

/** What a condition on the member or card asks for, as a clause. @param open whether the public hears it */
export function buyerText(test: BuyerTest, open: boolean): Text {
  switch (test.type) {
    case 'member':
      return text('会员', 'for members');
    case 'programme':
      return text('活动方会员计划的会员', 'for members of the programme of the one who offers it');
    case 'tier': {
      const { zh, en } = names(test.tiers);
      return text(glue(zh, '等级的会员'), `for members of tier ${en}`);
    }
    case 'label': {
      if (open) return text('受邀会员', 'for invited members');
      const { zh, en } = names(test.labels);
      return text(glue('带标签', zh, '的会员'), `for members labelled ${en}`);
    }
    case 'member_for': {
      const { zh, en } = boundsText(test, days);
      return text(`入会${zh}的会员`, `for those who joined ${en} ago`);
    }
    case 'birthday':
      return birthdayText(test);
    case 'nth_purchase':
      return nthText(test);
    case 'days_since_last': {
      const { zh, en } = boundsText(test, days);
      return text(`距上次消费${zh}`, `${en} after the last purchase`);
    }
    case 'history':
      return historyText(test);
    case 'hold_out':
      return text('对照组以外的会员', 'for members outside the control group');
  }
}
