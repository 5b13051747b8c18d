import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Fault, moneyText, Problem, yuanText } from '#kit/base';
import { client } from './client.ts';
import { readAmount } from './read-input.ts';
import { Sheet } from './sheet.tsx';
import { type Basket, grossOf, type Sale } from './till.ts';
import { askedOf } from './use-quote.ts';

interface Props {
  readonly store: string;
  readonly basket: Basket;
  /** fen as quoted; null where no quote is there yet. */
  readonly due: number | null;
  /** Cash to the fen, at once. */
  readonly exact: boolean;
  readonly onClose: () => void;
  readonly onPaid: (sale: Sale) => void;
}

const WALLETS = ['wechat', 'alipay', 'unionpay'] as const;
type Way = 'cash' | 'card' | (typeof WALLETS)[number];
type Tender = Parameters<typeof client.call<'takePayment'>>[1]['body']['tenders'][number];

/** How it is paid. The same basket is sent under the same key, so trying again never books it twice. */
export function Pay({ store, basket, due, exact, onClose, onPaid }: Props) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('cash');
  const [tendered, setTendered] = useState('');
  const [reference, setReference] = useState('');
  const [bin, setBin] = useState('');
  const [last4, setLast4] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const started = useRef(false);
  const toPay = due ?? grossOf(basket.lines);
  const given = readAmount(tendered);

  async function take(tender: Tender) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const body = { ...askedOf(store, basket), tenders: [tender] };
      onPaid(await client.call('takePayment', { body }, { key: basket.key }));
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }

  useEffect(() => {
    if (!exact || started.current) return;
    started.current = true;
    void take({ kind: 'cash' });
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setWrong(null);
    if (way === 'cash') {
      if (tendered === '') return void take({ kind: 'cash' });
      if (given === null) return setWrong(t('till.amount_bad'));
      if (given < toPay) return setWrong(t('till.short', { amount: moneyText(toPay - given) }));
      return void take({ kind: 'cash', tendered: given });
    }
    if (way === 'card') {
      if (
        !/^\d{6,8}$/.test(bin) ||
        reference.trim() === '' ||
        (last4 !== '' && !/^\d{4}$/.test(last4))
      )
        return setWrong(t('till.card_bad'));
      const card = { bin, last4 };
      return void take({ kind: 'card', card, reference: reference.trim() });
    }
    if (reference.trim() === '') return setWrong(t('till.reference_bad'));
    return void take({ kind: 'wallet', wallet: way, reference: reference.trim() });
  }

  const unknown = error instanceof Problem && error.code === 'unreachable';
  return (
    <Sheet title={t('till.pay_title')} onClose={busy ? () => undefined : onClose}>
      <p className="due">
        <span>{t('till.due')}</span>
        <strong className="number">{moneyText(toPay)}</strong>
      </p>
      <form className="pay" onSubmit={submit} noValidate>
        <div className="ways" role="radiogroup" aria-label={t('till.pay_title')}>
          {(['cash', 'card', ...WALLETS] as const).map((each) => (
            <label key={each} className="way">
              <input
                type="radio"
                name="way"
                checked={way === each}
                onChange={() => {
                  setWay(each);
                  setWrong(null);
                }}
              />
              {t(`till.${each}`)}
            </label>
          ))}
        </div>
        {way === 'cash' ? (
          <Cash tendered={tendered} toPay={toPay} given={given} onChange={setTendered} />
        ) : (
          <>
            {way === 'card' ? (
              <div className="two">
                <Text label={t('till.bin')} value={bin} onChange={setBin} numeric />
                <Text label={t('till.last4')} value={last4} onChange={setLast4} numeric />
              </div>
            ) : null}
            <Text label={t('till.reference')} value={reference} onChange={setReference} />
          </>
        )}
        {wrong === null ? null : (
          <p className="field-fault" role="alert">
            {wrong}
          </p>
        )}
        {unknown ? (
          <p className="unknown" role="alert">
            <strong>{t('till.unknown')}</strong> {t('till.unknown_hint')}
          </p>
        ) : error === null ? null : (
          <Fault error={error} />
        )}
        <button type="submit" className="button primary large" disabled={busy}>
          {busy ? t('till.paying') : t('till.confirm')} <kbd>Enter</kbd>
        </button>
      </form>
    </Sheet>
  );
}

interface CashProps {
  readonly tendered: string;
  readonly toPay: number;
  readonly given: number | null;
  readonly onChange: (text: string) => void;
}

const NOTES = [2_000, 5_000, 10_000, 20_000];

function Cash({ tendered, toPay, given, onChange }: CashProps) {
  const { t } = useTranslation();
  const notes = NOTES.filter((note) => note > toPay).slice(0, 3);
  return (
    <>
      <Text label={t('till.tendered')} value={tendered} onChange={onChange} numeric focus />
      <div className="notes">
        {notes.map((note) => (
          <button
            key={note}
            type="button"
            className="button number"
            onClick={() => onChange(yuanText(note))}
          >
            {moneyText(note)}
          </button>
        ))}
      </div>
      <p className="change">
        {t('till.change')}{' '}
        <strong className="number">
          {moneyText(given !== null && given >= toPay ? given - toPay : 0)}
        </strong>
      </p>
    </>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly numeric?: boolean;
  readonly focus?: boolean;
}

function Text({ label, value, onChange, numeric = false, focus = false }: TextProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  return (
    <label className="field">
      {label}
      <input
        ref={field}
        value={value}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
