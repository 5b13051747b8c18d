import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answered, Fault, language, moneyText, type Operations } from '#kit/base';
import { client } from './client.ts';
import { useAmount } from './rewards.tsx';
import { Sheet } from './sheet.tsx';

type Payment = Answered<Operations['getPayment']>;
type Preview = Answered<Operations['previewRefund']>;

/** A return by receipt: the lines, then what goes back and what is taken back, then the refund. */
export function GiveBack({
  number,
  onClose,
}: {
  readonly number: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(number);
  const [payment, setPayment] = useState<Payment | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function find(text: string) {
    setError(null);
    setPayment(null);
    try {
      const params = { payment: text.trim().replace(/^R(?=.{15})/i, '') };
      setPayment(await client.call('getPayment', { params }));
    } catch (cause) {
      setError(cause);
    }
  }
  const first = useRef(number);
  useEffect(() => {
    if (first.current !== '') void find(first.current);
  }, []);

  return (
    <Sheet title={t('till.give_back')} onClose={onClose}>
      <form
        className="find"
        onSubmit={(event) => {
          event.preventDefault();
          if (asked.trim() !== '') void find(asked);
        }}
      >
        <label className="field">
          {t('till.give_back_find')}
          <input
            value={asked}
            autoComplete="off"
            placeholder={t('till.give_back_find_hint')}
            onChange={(event) => setAsked(event.target.value)}
          />
        </label>
      </form>
      {error === null ? null : <Fault error={error} />}
      {payment ? <Choose key={payment.payment_id} payment={payment} onDone={onClose} /> : null}
    </Sheet>
  );
}

function Choose({ payment, onDone }: { readonly payment: Payment; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  const [back, setBack] = useState<Readonly<Record<number, number>>>({});
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const key = useRef(crypto.randomUUID());
  const lines = Object.entries(back)
    .filter(([, quantity]) => quantity > 0)
    .map(([line, quantity]) => ({ line: Number(line), quantity }));
  const wanted = JSON.stringify(lines);

  useEffect(() => {
    setPreview(null);
    setError(null);
    const chosen = JSON.parse(wanted) as typeof lines;
    if (chosen.length === 0) return undefined;
    const stop = new AbortController();
    const body = { payment: payment.payment_id, lines: chosen };
    client
      .call('previewRefund', { body }, { signal: stop.signal })
      .then(setPreview)
      .catch((cause: unknown) => {
        if (!stop.signal.aborted) setError(cause);
      });
    return () => stop.abort();
  }, [payment, wanted]);

  async function refund(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === '') return setWrong(t('till.give_back_reason_bad'));
    if (busy || lines.length === 0) return;
    setBusy(true);
    setError(null);
    try {
      const body = { payment: payment.payment_id, lines, reason: reason.trim() };
      await client.call('refundPayment', { body }, { key: key.current });
      setDone(true);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  }

  if (done) {
    return (
      <div className="done-said">
        <p className="stamp" role="status">
          {t('till.give_back_done')}
        </p>
        <p className="due">
          <span>{t('till.give_back_amount')}</span>
          <strong className="number">{moneyText(preview?.amount ?? 0)}</strong>
        </p>
        <button type="button" className="button primary large" onClick={onDone}>
          {t('till.close')}
        </button>
      </div>
    );
  }
  const left = (line: Payment['lines'][number]) => line.quantity - line.refunded_quantity;
  return (
    <form className="pay" onSubmit={(event) => void refund(event)} noValidate>
      <h3>{t('till.give_back_lines')}</h3>
      <button
        type="button"
        className="button"
        onClick={() =>
          setBack(Object.fromEntries(payment.lines.map((line, index) => [index, left(line)])))
        }
      >
        {t('till.give_back_all')}
      </button>
      <ol className="lines">
        {payment.lines.map((line, index) => (
          <li key={line.sku}>
            <label className="line-name" htmlFor={`back-${index}`}>
              {line.name[tongue]}
              <span className="faint">{t('till.give_back_left', { count: left(line) })}</span>
            </label>
            <input
              id={`back-${index}`}
              className="input short number"
              type="number"
              min={0}
              max={left(line)}
              value={back[index] ?? 0}
              onChange={(event) => {
                const quantity = Math.max(
                  0,
                  Math.min(left(line), Math.trunc(Number(event.target.value))),
                );
                setBack((before) => ({ ...before, [index]: quantity }));
              }}
            />
            <span className="line-amount number">{moneyText(line.net)}</span>
          </li>
        ))}
      </ol>
      {preview ? <Consequences preview={preview} /> : null}
      <label className="field">
        {t('till.give_back_reason')}
        <input
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
            setWrong(null);
          }}
        />
      </label>
      {wrong === null ? null : (
        <p className="field-fault" role="alert">
          {wrong}
        </p>
      )}
      {error === null ? null : <Fault error={error} />}
      <button type="submit" className="button primary large" disabled={busy || preview === null}>
        {t('till.give_back_confirm')} {preview ? moneyText(preview.amount) : ''}
      </button>
    </form>
  );
}

/** What goes back and what is taken back, before it is confirmed. */
function Consequences({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const amountText = useAmount();
  const { points, cashback } = preview.debt;
  return (
    <dl className="sums">
      <div>
        <dt>{t('till.give_back_amount')}</dt>
        <dd className="number">{moneyText(preview.amount)}</dd>
      </div>
      {preview.taken_back
        .filter(({ kind }) => kind !== 'discount')
        .map(({ kind, amount, offer_id }) => (
          <div key={`${offer_id}${kind}`}>
            <dt>
              {t('till.give_back_taken')} · {t(`till.kind_${kind}`)}
            </dt>
            <dd className="number">{amountText(kind, amount)}</dd>
          </div>
        ))}
      {points > 0 || cashback > 0 ? (
        <div className="debt">
          <dt>{t('till.give_back_debt')}</dt>
          <dd className="number">
            {points > 0 ? amountText('points', points) : ''}{' '}
            {cashback > 0 ? moneyText(cashback) : ''}
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
