import { useEffect, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault, language, setSession, Switches } from '#kit/base';
import { client } from './client.ts';
import { Done } from './done.tsx';
import { GiveBack } from './give-back.tsx';
import { Help } from './help.tsx';
import { HeldList } from './held-list.tsx';
import { heldBaskets, holdBasket, takeHeld } from './held.ts';
import { Lines } from './lines.tsx';
import { Pay } from './pay.tsx';
import { readInput } from './read-input.ts';
import { Side } from './side.tsx';
import { type Basket, basketAfter, freshBasket, type Product, type Sale } from './till.ts';
import { useCatalogue } from './use-catalogue.ts';
import { useKeys } from './use-keys.ts';
import { useOnline } from './use-online.ts';
import { useQuote } from './use-quote.ts';

interface Props {
  readonly store: {
    readonly code: string;
    readonly name: { readonly zh: string; readonly en: string };
    readonly address: string;
  };
  readonly onLeave: () => void;
}

type Sheet = 'none' | 'pay' | 'exact' | 'held' | 'give_back' | 'help';

/** The one screen of the till: what is sold on the left, what it comes to on the right. */
export function Sell({ store, onLeave }: Props) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const [basket, act] = useReducer(basketAfter, undefined, freshBasket);
  const [sheet, setSheet] = useState<Sheet>('none');
  const [told, setTold] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Product[]>([]);
  const [sale, setSale] = useState<Sale | null>(null);
  const [last, setLast] = useState<Sale | null>(null);
  const [receipt, setReceipt] = useState('');
  const [held, setHeld] = useState(heldBaskets);
  const input = useRef<HTMLInputElement>(null);
  const quoted = useQuote(store.code, basket);
  const online = useOnline();

  function begin(next: Basket = freshBasket()) {
    act({ do: 'back', basket: next });
    setSale(null);
    setSheet('none');
    setTold(null);
    setFound([]);
  }

  function take(text: string) {
    if (sale) begin();
    const read = readInput(text, (code) => catalogue.find(code) !== undefined);
    setTold(null);
    setFound([]);
    if (!read) return basket.lines.length > 0 && !sale ? setSheet('pay') : undefined;
    switch (read.kind) {
      case 'item': {
        const product = catalogue.find(read.code);
        if (product) act({ do: 'add', product, quantity: 1 });
        return;
      }
      case 'quantity':
        return act({ do: 'times', times: read.times });
      case 'phone':
        return act({ do: 'buyer', buyer: { phone: read.phone } });
      case 'member':
        return act({ do: 'buyer', buyer: { member_id: read.id } });
      case 'coupon':
        return act({ do: 'coupon', coupon: read.code });
      case 'receipt':
        setReceipt(read.number);
        return setSheet('give_back');
      case 'payment_code':
        return setTold(t('till.payment_code', { wallet: t(`till.${read.wallet}`) }));
      case 'search':
        return searched(read.text);
    }
  }

  function searched(text: string) {
    const products = catalogue.search(text);
    const [only] = products;
    if (only && products.length === 1) return act({ do: 'add', product: only, quantity: 1 });
    if (products.length > 1) {
      setTold(t('till.found_many', { count: products.length }));
      return setFound(products);
    }
    setTold(`${t('till.not_found', { text })} · ${t('till.not_found_hint')}`);
  }

  function hold() {
    if (basket.lines.length === 0 || sale) return;
    setHeld(holdBasket(basket));
    begin();
  }

  const open = sheet === 'none';
  const settle = () => basket.lines.length > 0 && !sale && setSheet('pay');
  useKeys({
    Escape: () => (open ? setFound([]) : setSheet('none')),
    F1: () => setSheet('help'),
    F2: () => input.current?.focus(),
    F6: hold,
    'Shift+F6': () => setSheet('held'),
    F7: () => {
      setReceipt('');
      setSheet('give_back');
    },
    F9: settle,
    F11: () => (last ? setSale(last) : setTold(t('till.last_none'))),
    ' ': () => {
      if (open && !sale && basket.lines.length > 0) setSheet('exact');
    },
  });
  useEffect(() => {
    if (open) input.current?.focus();
  }, [open, sale, catalogue.ready]);

  return (
    <div className="till">
      <header className="bar">
        <h1 className="visually-hidden">{t('till.title')}</h1>
        <span className="seal small" aria-hidden="true">
          返
        </span>
        <button type="button" className="button quiet" onClick={onLeave}>
          {store.name[language() === 'en' ? 'en' : 'zh']}
        </button>
        {online ? null : (
          <span className="pill warning" role="status">
            {t('till.offline')}
          </span>
        )}
        <nav aria-label={t('till.help')}>
          <button type="button" className="button quiet" onClick={hold}>
            {t('till.hold')} <kbd>F6</kbd>
          </button>
          <button type="button" className="button quiet" onClick={() => setSheet('held')}>
            {t('till.recall')} {held.length > 0 ? `(${held.length})` : ''} <kbd>⇧F6</kbd>
          </button>
          <button type="button" className="button quiet" onClick={() => setSheet('give_back')}>
            {t('till.give_back')} <kbd>F7</kbd>
          </button>
          <button type="button" className="button quiet" onClick={() => setSheet('help')}>
            {t('till.help')} <kbd>F1</kbd>
          </button>
          <Switches />
          <button
            type="button"
            className="button quiet"
            onClick={() => {
              void client.call('signOut', {}).catch(() => undefined);
              setSession(null);
            }}
          >
            {t('kit.sign_out')}
          </button>
        </nav>
      </header>
      <main className="counter">
        <section className="ring" aria-label={t('till.scan')}>
          <form
            className="universal"
            onSubmit={(event) => {
              event.preventDefault();
              const field = input.current;
              if (!field) return;
              take(field.value);
              field.value = '';
            }}
          >
            <label htmlFor="universal" className="visually-hidden">
              {t('till.scan')}
            </label>
            <input
              id="universal"
              ref={input}
              className="input"
              placeholder={t('till.scan')}
              autoComplete="off"
              spellCheck={false}
              disabled={!catalogue.ready}
            />
            <p className="told" role="status">
              {catalogue.ready ? (told ?? t('till.scan_hint')) : t('till.loading')}
            </p>
          </form>
          {catalogue.error ? <Fault error={catalogue.error} onRetry={catalogue.retry} /> : null}
          {found.length > 0 ? (
            <ul className="choices">
              {found.map((product) => (
                <li key={product.sku}>
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      act({ do: 'add', product, quantity: 1 });
                      setFound([]);
                      setTold(null);
                      input.current?.focus();
                    }}
                  >
                    {product.name[language() === 'en' ? 'en' : 'zh']}
                    <span className="faint">{product.sku}</span>
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          {sale ? (
            <Done sale={sale} store={store} onNext={() => begin()} />
          ) : (
            <Lines basket={basket} quote={quoted.quote} act={act} />
          )}
        </section>
        {sale ? null : (
          <Side
            basket={basket}
            quoted={quoted}
            act={act}
            onPay={settle}
            onExact={() => setSheet('exact')}
          />
        )}
      </main>
      {sheet === 'pay' || sheet === 'exact' ? (
        <Pay
          store={store.code}
          basket={basket}
          due={quoted.quote?.due ?? null}
          exact={sheet === 'exact'}
          onClose={() => setSheet('none')}
          onPaid={(paid) => {
            setSale(paid);
            setLast(paid);
            setSheet('none');
          }}
        />
      ) : null}
      {sheet === 'held' ? (
        <HeldList
          held={held}
          onClose={() => setSheet('none')}
          onRecall={(one) => {
            if (basket.lines.length > 0 && !sale) holdBasket(basket);
            setHeld(takeHeld(one.key));
            begin(one);
          }}
        />
      ) : null}
      {sheet === 'give_back' ? (
        <GiveBack number={receipt} onClose={() => setSheet('none')} />
      ) : null}
      {sheet === 'help' ? <Help onClose={() => setSheet('none')} /> : null}
    </div>
  );
}
