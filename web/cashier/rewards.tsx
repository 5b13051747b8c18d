import { countText, language, moneyText, useTranslation } from '#kit/base';
import type { Quote } from './till.ts';

type Reward = Quote['rewards'][number];

/** A benefit's amount in its own unit. */
export function useAmount(): (kind: Reward['kind'], amount: number) => string {
  const { t } = useTranslation();
  return (kind, amount) => {
    if (kind === 'discount' || kind === 'cashback') return moneyText(amount);
    return kind === 'points' ? t('till.points_unit', { count: amount }) : countText(amount);
  };
}

/** What the sale gives, with the day on which it may be used. */
export function Rewards({ rewards }: { readonly rewards: readonly Reward[] }) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  return (
    <ul className="rewards">
      {rewards.map((reward) => (
        <li key={`${reward.offer_id}${reward.kind}${reward.amount}`}>
          <span className="pill">{t(`till.kind_${reward.kind}`)}</span>
          <span>{reward.reason[tongue]}</span>
        </li>
      ))}
    </ul>
  );
}
