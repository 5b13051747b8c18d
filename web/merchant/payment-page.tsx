import { Link, useParams } from 'react-router';
import { type Answered, language, moneyText, type Operations, useTranslation } from '#kit/base';
import { timeText } from '#kit/time';
import { Answer, useAnswer } from '#kit/console';
import { client } from './client.ts';

type Payment = Answered<Operations['getPayment']>;
type Explanation = Answered<Operations['explainPayment']>;

/** One payment with its goods, how it was paid, and every offer with its reason. */
export function PaymentPage() {
  const { t } = useTranslation();
  const { payment = '' } = useParams();
  const read = useAnswer(client, 'getPayment', { params: { payment } });
  const why = useAnswer(client, 'explainPayment', {
    params: { payment },
    query: { for: 'merchant' },
  });
  return (
    <>
      <p>
        <Link to="/payments">← {t('m.back')}</Link>
      </p>
      <section className="card">
        <Answer query={read}>{(one) => <Goods payment={one} />}</Answer>
      </section>
      <section className="card" aria-label={t('m.explanation')}>
        <h2>{t('m.explanation')}</h2>
        <Answer query={why}>{(one) => <Why explanation={one} />}</Answer>
      </section>
    </>
  );
}

function Goods({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  return (
    <>
      <h1 className="number">{payment.receipt_no}</h1>
      <p className="faint">
        {timeText(payment.occurred_at, { dateStyle: 'medium', timeStyle: 'medium' })}{' '}
        <span className="pill">{t(`m.state_${payment.state}`)}</span>
      </p>
      <p className="hero-number number">{moneyText(payment.due)}</p>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('m.lines')}</th>
            <th scope="col">{t('m.quantity')}</th>
            <th scope="col">{t('m.gross')}</th>
            <th scope="col">{t('m.discount')}</th>
            <th scope="col">{t('m.due')}</th>
          </tr>
        </thead>
        <tbody>
          {payment.lines.map((line, index) => (
            <tr key={`${line.sku}${index}`}>
              <td>{line.name[tongue]}</td>
              <td className="number">{line.quantity}</td>
              <td className="number">{moneyText(line.amount)}</td>
              <td className="number">{moneyText(line.discount)}</td>
              <td className="number">{moneyText(line.net)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {t('m.tenders')}{' '}
        {payment.tenders.map((tender, index) => (
          <span key={`${tender.kind}${index}`} className="pill">
            {t(`m.tender_${tender.kind}`)} {moneyText(tender.amount)}
          </span>
        ))}
      </p>
      {payment.refunds.map((refund) => (
        <p key={refund.refund_id}>
          <span className="pill paused">{t('m.refunded')}</span>{' '}
          <strong className="number">{moneyText(refund.amount)}</strong>{' '}
          {timeText(refund.occurred_at, { dateStyle: 'medium', timeStyle: 'medium' })} ·{' '}
          {refund.reason}
        </p>
      ))}
      <p className="faint number">
        {t('m.journal')} {payment.journal_id ?? '–'}
      </p>
    </>
  );
}

function Why({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  return (
    <>
      <ul className="why-list">
        {explanation.offers.map((offer) => (
          <li key={offer.offer_id} className={offer.outcome}>
            <span className="pill">{t(`m.${offer.outcome}`)}</span>
            <strong>{offer.name[tongue]}</strong>
            <span>{offer.text[tongue]}</span>
          </li>
        ))}
      </ul>
      <p className="faint">{t(explanation.exact ? 'm.exact' : 'm.inexact')}</p>
    </>
  );
}
