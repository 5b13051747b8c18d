import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Fault, moneyText, Problem, useTranslation } from '#kit/base';
import { client } from './client.ts';
import { Sheet } from './sheet.tsx';
import { EMPTY_FORM, type Tender, tenderOf } from './tender-form.ts';
import { TenderFields } from './tender-fields.tsx';
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

/** How it is paid. */
export function Pay({ store, basket, due, exact, onClose, onPaid }: Props) {
  const { t } = useTranslation();
  const [form, setForm] = useState(EMPTY_FORM);
  const [wrong, setWrong] = useState<string | null>(null);
  const { take, busy, error } = useTake(store, basket, onPaid);
  const started = useRef(false);
  const toPay = due ?? grossOf(basket.lines);

  useEffect(() => {
    if (!exact || started.current) return;
    started.current = true;
    take({ kind: 'cash' });
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const entered = tenderOf(form, toPay);
    if ('tender' in entered) {
      setWrong(null);
      return take(entered.tender);
    }
    const amount = entered.fault === 'short' ? moneyText(entered.missing) : '';
    setWrong(t(`till.${entered.fault}`, { amount }));
  }

  return (
    <Sheet title={t('till.pay_title')} onClose={busy ? () => undefined : onClose}>
      <p className="due">
        <span>{t('till.due')}</span>
        <strong className="number">{moneyText(toPay)}</strong>
      </p>
      <form className="pay" onSubmit={submit} noValidate>
        <TenderFields
          form={form}
          due={toPay}
          onChange={(change) => {
            setForm((before) => ({ ...before, ...change }));
            setWrong(null);
          }}
        />
        {wrong === null ? null : (
          <p className="field-fault" role="alert">
            {wrong}
          </p>
        )}
        <Failed error={error} />
        <button type="submit" className="button primary large" disabled={busy}>
          {busy ? t('till.paying') : t('till.confirm')} <kbd>Enter</kbd>
        </button>
      </form>
    </Sheet>
  );
}

/** The same basket is sent under the same key, so trying again never books it twice. */
function useTake(store: string, basket: Basket, onPaid: (sale: Sale) => void) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function send(tender: Tender) {
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
  return { take: (tender: Tender) => (busy ? undefined : void send(tender)), busy, error };
}

/** No answer is not a refusal: the sale may stand, and is asked for again under its key. */
function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const unknown = error instanceof Problem && error.code === 'unreachable';
  if (!unknown) return <Fault error={error} />;
  return (
    <p className="unknown" role="alert">
      <strong>{t('till.unknown')}</strong> {t('till.unknown_hint')}
    </p>
  );
}
