import type { Dispatch } from 'react';
import { language, moneyText, useTranslation } from '#kit/base';
import type { Act, Basket, Quote } from './till.ts';

interface Props {
  readonly basket: Basket;
  readonly quote: Quote | null;
  readonly act: Dispatch<Act>;
}

/** What is sold, the last scanned at the bottom; a line shows the moment it is scanned. */
export function Lines({ basket, quote, act }: Props) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  if (basket.lines.length === 0) {
    return (
      <div className="empty">
        <p className="empty-title">{t('till.empty')}</p>
        <p className="faint">{t('till.empty_hint')}</p>
      </div>
    );
  }
  return (
    <ol className="lines">
      {basket.lines.map(({ sku, name, price, quantity }, index) => {
        const shown = name[tongue];
        const discount = quote?.lines[index]?.discount ?? 0;
        return (
          <li key={sku}>
            <span className="line-name">
              {shown}
              <span className="faint">
                {sku} · <span className="number">{moneyText(price)}</span>
              </span>
            </span>
            <span className="stepper">
              <button
                type="button"
                className="button"
                aria-label={t('till.fewer', { name: shown })}
                onClick={() => act({ do: 'set', sku, quantity: quantity - 1 })}
              >
                −
              </button>
              <output className="number" aria-label={t('till.quantity')}>
                {quantity}
              </output>
              <button
                type="button"
                className="button"
                aria-label={t('till.more', { name: shown })}
                onClick={() => act({ do: 'set', sku, quantity: quantity + 1 })}
              >
                +
              </button>
            </span>
            <span className="line-amount number">
              {moneyText(price * quantity - discount)}
              {discount > 0 ? <s className="faint">{moneyText(price * quantity)}</s> : null}
            </span>
            <button
              type="button"
              className="button quiet"
              aria-label={t('till.remove', { name: shown })}
              onClick={() => act({ do: 'set', sku, quantity: 0 })}
            >
              ×
            </button>
          </li>
        );
      })}
    </ol>
  );
}
