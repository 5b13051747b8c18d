import { type FormEvent, useState } from 'react';
import { Fault, language, moneyText, useTranslation } from '#kit/base';
import { useAmount } from './rewards.tsx';
import { TextField } from './text-field.tsx';
import { type Payment, type Preview, type Return, useReturn } from './use-return.ts';

interface Props {
  readonly payment: Payment;
  readonly onDone: () => void;
}

export function ReturnForm({ payment, onDone }: Props) {
  const { t } = useTranslation();
  const back = useReturn(payment);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState(false);
  const { preview, busy, error, refund } = back;

  function submit(event: FormEvent) {
    event.preventDefault();
    setWrong(reason.trim() === '');
    if (reason.trim() !== '') refund(reason.trim());
  }

  if (back.done) return <Returned amount={preview?.amount ?? 0} onDone={onDone} />;
  return (
    <form className="pay" onSubmit={submit} noValidate>
      <ReturnLines payment={payment} back={back} />
      {preview ? <Consequences preview={preview} /> : null}
      <TextField label={t('till.give_back_reason')} value={reason} onChange={setReason} />
      {wrong ? (
        <p className="field-fault" role="alert">
          {t('till.give_back_reason_bad')}
        </p>
      ) : null}
      {error === null ? null : <Fault error={error} />}
      <button type="submit" className="button primary large" disabled={busy || preview === null}>
        {t('till.give_back_confirm')} {preview ? moneyText(preview.amount) : ''}
      </button>
    </form>
  );
}

function ReturnLines({ payment, back }: { readonly payment: Payment; readonly back: Return }) {
  const { t } = useTranslation();
  const tongue = language() === 'en' ? 'en' : 'zh';
  const left = payment.lines.map((line) => line.quantity - line.refunded_quantity);
  const all = () => back.setUnits(Object.fromEntries(left.map((units, index) => [index, units])));
  return (
    <>
      <h3>{t('till.give_back_lines')}</h3>
      <button type="button" className="button" onClick={all}>
        {t('till.give_back_all')}
      </button>
      <ol className="lines">
        {payment.lines.map((line, index) => {
          const most = left[index] ?? 0;
          return (
            <li key={line.sku}>
              <label className="line-name" htmlFor={`back-${index}`}>
                {line.name[tongue]}
                <span className="faint">{t('till.give_back_left', { count: most })}</span>
              </label>
              <input
                id={`back-${index}`}
                className="input short number"
                type="number"
                min={0}
                max={most}
                value={back.units[index] ?? 0}
                onChange={({ target }) => {
                  const units = Math.max(0, Math.min(most, Math.trunc(Number(target.value))));
                  back.setUnits({ ...back.units, [index]: units });
                }}
              />
              <span className="line-amount number">{moneyText(line.net)}</span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Returned({ amount, onDone }: { readonly amount: number; readonly onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="done-said">
      <p className="stamp" role="status">
        {t('till.give_back_done')}
      </p>
      <p className="due">
        <span>{t('till.give_back_amount')}</span>
        <strong className="number">{moneyText(amount)}</strong>
      </p>
      <button type="button" className="button primary large" onClick={onDone}>
        {t('till.close')}
      </button>
    </div>
  );
}

/** What goes back and what is taken back, before it is confirmed. */
function Consequences({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation();
  const amountText = useAmount();
  const { points, cashback } = preview.debt;
  const earned = preview.taken_back.filter(({ kind }) => kind !== 'discount');
  return (
    <dl className="sums">
      <div>
        <dt>{t('till.give_back_amount')}</dt>
        <dd className="number">{moneyText(preview.amount)}</dd>
      </div>
      {earned.map(({ kind, amount, offer_id: offer }) => (
        <div key={`${offer}${kind}`}>
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
