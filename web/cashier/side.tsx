import type { Dispatch } from 'react';
import { Fault, language, moneyText, useTranslation } from '#kit/base';
import { Rewards } from './rewards.tsx';
import { type Act, type Basket, grossOf, type Offer } from './till.ts';
import type { Quoted } from './use-quote.ts';

interface Props {
  readonly basket: Basket;
  readonly quoted: Quoted;
  readonly act: Dispatch<Act>;
  readonly onPay: () => void;
  readonly onExact: () => void;
}

/** What it comes to, who buys, and why each offer applies or not. */
export function Side({ basket, quoted, act, onPay, onExact }: Props) {
  const { t } = useTranslation();
  const { quote, busy, error } = quoted;
  const gross = grossOf(basket.lines);
  const due = quote?.due ?? gross;
  const some = basket.lines.length > 0;
  return (
    <aside className="side" aria-busy={busy}>
      <Buyer basket={basket} act={act} />
      <dl className="sums">
        <div>
          <dt>{t('till.gross')}</dt>
          <dd className="number">{moneyText(quote?.gross ?? gross)}</dd>
        </div>
        <div>
          <dt>{t('till.discount')}</dt>
          <dd className="number">{moneyText(-(quote?.discount ?? 0))}</dd>
        </div>
      </dl>
      <p className="due">
        <span>{t('till.due')}</span>
        <strong className="number" data-testid="due">
          {moneyText(due)}
        </strong>
      </p>
      <p className="told" role="status">
        {busy ? t('till.quoting') : error !== null ? t('till.quote_stale') : '\u00a0'}
      </p>
      {error === null ? null : <Fault error={error} />}
      <div className="settle">
        <button type="button" className="button primary large" disabled={!some} onClick={onPay}>
          {t('till.pay')} <kbd>Enter</kbd>
        </button>
        <button type="button" className="button large" disabled={!some} onClick={onExact}>
          {t('till.exact')} <kbd>Space</kbd>
        </button>
      </div>
      {quote ? (
        <section className="why" aria-label={t('till.offers')}>
          {quote.rewards.length > 0 ? (
            <>
              <h2>{t('till.rewards')}</h2>
              <Rewards rewards={quote.rewards} />
            </>
          ) : null}
          <Offers title={t('till.nearest')} offers={quote.nearest} tone="near" />
          <Offers
            title={t('till.not_granted')}
            offers={quote.offers.filter(
              ({ outcome, offer_id: id }) =>
                outcome === 'not' && !quote.nearest.some(({ offer_id }) => offer_id === id),
            )}
            tone="not"
          />
        </section>
      ) : null}
    </aside>
  );
}

function Buyer({ basket, act }: Pick<Props, 'basket' | 'act'>) {
  const { t } = useTranslation();
  const { buyer } = basket;
  return (
    <div className="buyer">
      <span className="faint">{t('till.member')}</span>
      {buyer ? (
        <>
          <strong className="number">{masked(buyer.phone) ?? buyer.member_id?.slice(0, 8)}</strong>
          <button
            type="button"
            className="button quiet"
            aria-label={t('till.member_clear')}
            onClick={() => act({ do: 'buyer', buyer: null })}
          >
            ×
          </button>
        </>
      ) : (
        <span>
          {t('till.member_none')} <span className="faint">{t('till.member_ask')}</span>
        </span>
      )}
    </div>
  );
}

function masked(phone: string | undefined): string | undefined {
  return phone?.replace(/^(\d{3})\d{4}(\d{4})$/, '$1 **** $2');
}

interface OffersProps {
  readonly title: string;
  readonly offers: readonly Offer[];
  readonly tone: 'near' | 'not';
}

function Offers({ title, offers, tone }: OffersProps) {
  const tongue = language() === 'en' ? 'en' : 'zh';
  if (offers.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul className={`offers ${tone}`}>
        {offers.map((offer) => (
          <li key={offer.offer_id}>
            <strong>{offer.name[tongue]}</strong>
            <span>{offer.text[tongue]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
