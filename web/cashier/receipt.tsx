import { language, yuanText, useTranslation } from '#kit/base';
import { timeText } from '#kit/time';
import type { Sale } from './till.ts';

/** Where a sale is taken, as the slip says it. */
export interface Shop {
  readonly name: { readonly zh: string; readonly en: string };
  readonly address: string;
}

interface Props {
  readonly sale: Sale;
  readonly store: Shop;
}

/** The slip, on the screen as it is printed. */
export function Receipt({ sale, store }: Props) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  return (
    <article className="slip" aria-label={t('till.receipt')}>
      <h2>{store.name[tongue]}</h2>
      <p>{store.address}</p>
      <p>{timeText(sale.occurred_at, { dateStyle: 'medium', timeStyle: 'short' })}</p>
      <p className="number">
        {t('till.receipt_no')} {sale.receipt_no}
      </p>
      <table>
        <tbody>
          {sale.lines.map((line) => (
            <tr key={line.sku}>
              <td>
                {line.name[tongue]} × {line.quantity}
              </td>
              <td className="number">{yuanText(line.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {sale.discount > 0 ? (
            <tr>
              <td>{t('till.discount')}</td>
              <td className="number">{yuanText(-sale.discount)}</td>
            </tr>
          ) : null}
          <tr className="slip-due">
            <td>{t('till.paid')}</td>
            <td className="number">{yuanText(sale.due)}</td>
          </tr>
          {sale.tenders.map((tender, index) => (
            <tr key={`${tender.kind}${index}`}>
              <td>
                {t(
                  `till.${tender.wallet && tender.wallet !== 'digital_yuan' ? tender.wallet : tender.kind}`,
                )}
              </td>
              <td className="number">{yuanText(tender.tendered ?? tender.amount)}</td>
            </tr>
          ))}
        </tfoot>
      </table>
      {sale.rewards.map((reward) => (
        <p key={`${reward.offer_id}${reward.kind}${reward.amount}`}>{reward.reason[tongue]}</p>
      ))}
      <p>{t('till.thanks')}</p>
    </article>
  );
}
