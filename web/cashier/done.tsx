import { moneyText, useTranslation } from '#kit/base';
import { Receipt, type Shop } from './receipt.tsx';
import { Rewards } from './rewards.tsx';
import type { Sale } from './till.ts';

interface Props {
  readonly sale: Sale;
  readonly store: Shop;
  readonly onNext: () => void;
}

/** The sale is taken: change, what was saved and earned, the receipt. The next scan begins the next sale. */
export function Done({ sale, store, onNext }: Props) {
  const { t } = useTranslation();
  const change = sale.tenders.reduce((sum, tender) => sum + tender.change, 0);
  return (
    <section className="done" aria-label={t('till.done')}>
      <div className="done-said">
        <p className="stamp" role="status">
          {t('till.done')}
        </p>
        <p className="due">
          <span>{change > 0 ? t('till.change') : t('till.paid')}</span>
          <strong className="number">{moneyText(change > 0 ? change : sale.due)}</strong>
        </p>
        {sale.discount > 0 ? (
          <p className="saved">{t('till.saved', { amount: moneyText(sale.discount) })}</p>
        ) : null}
        <Rewards rewards={sale.rewards} />
        <div className="settle">
          <button type="button" className="button primary large" onClick={onNext}>
            {t('till.next')}
          </button>
          <button type="button" className="button large" onClick={() => print()}>
            {t('till.print')}
          </button>
        </div>
      </div>
      <Receipt sale={sale} store={store} />
    </section>
  );
}
