import type { Text } from '#kernel/refusal';
import { compileOffers, explain } from '#offers';
import type { RefundStep } from './payment.ts';
import type { ReturnedBenefit } from './refund-rewards.ts';
import type { Retest } from './refund-rules.ts';

const WITH_GOODS: Text = {
  zh: '随退货按比例收回',
  en: 'Goes back in proportion to the goods',
};

/** Why a benefit goes back, for people. */
export function whyBack(
  { offer, lost }: Pick<ReturnedBenefit, 'offer' | 'lost'>,
  step: RefundStep,
  retest: Retest | null,
): Text {
  if (lost === 0 || retest === null) return WITH_GOODS;
  if (step.state === 'refunded') return { zh: '全部退货,全部收回', en: 'All of it goes back' };
  const version = retest.versions.find((each) => each.offer === offer);
  const left = retest.facts.lines.flatMap((line, at) => {
    const quantity = line.quantity - step.after.quantities[at]!;
    const amount = line.amount - step.after.amounts[at]!;
    return quantity > 0 || amount > 0 ? [{ ...line, quantity, amount }] : [];
  });
  const alone = compileOffers(version ? [version] : []);
  const [found] = explain({ ...retest.facts, lines: left }, alone, 'cashier');
  if (found?.outcome !== 'not')
    return { zh: '剩余商品只满足较低的优惠', en: 'What is kept earns less of it' };
  return {
    zh: `剩余商品不再满足门槛:${found.text.zh}`,
    en: `The threshold is no longer reached by what is kept: ${found.text.en}`,
  };
}
