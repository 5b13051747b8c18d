import { moneyText, yuanText, useTranslation } from '#kit/base';
import { readAmount } from './read-input.ts';
import { type TenderForm, WALLETS } from './tender-form.ts';
import { TextField } from './text-field.tsx';

interface Props {
  readonly form: TenderForm;
  /** fen */
  readonly due: number;
  readonly onChange: (change: Partial<TenderForm>) => void;
}

export function TenderFields({ form, due, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <div className="ways" role="radiogroup" aria-label={t('till.pay_title')}>
        {(['cash', 'card', ...WALLETS] as const).map((way) => (
          <label key={way} className="way">
            <input
              type="radio"
              name="way"
              checked={form.way === way}
              onChange={() => onChange({ way })}
            />
            {t(`till.${way}`)}
          </label>
        ))}
      </div>
      {form.way === 'cash' ? (
        <Cash tendered={form.tendered} due={due} onChange={(tendered) => onChange({ tendered })} />
      ) : (
        <Recorded form={form} onChange={onChange} />
      )}
    </>
  );
}

/** A charge that another device made. */
function Recorded({ form, onChange }: Omit<Props, 'due'>) {
  const { t } = useTranslation();
  const { way, bin, last4, reference } = form;
  return (
    <>
      {way === 'card' ? (
        <div className="two">
          <TextField
            label={t('till.bin')}
            value={bin}
            onChange={(text) => onChange({ bin: text })}
            numeric
            focus
          />
          <TextField
            label={t('till.last4')}
            value={last4}
            onChange={(text) => onChange({ last4: text })}
            numeric
          />
        </div>
      ) : null}
      <TextField
        label={t('till.reference')}
        value={reference}
        onChange={(text) => onChange({ reference: text })}
        focus={way !== 'card'}
      />
    </>
  );
}

const NOTES = [2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

interface CashProps {
  readonly tendered: string;
  readonly due: number;
  readonly onChange: (text: string) => void;
}

function Cash({ tendered, due, onChange }: CashProps) {
  const { t } = useTranslation();
  const given = readAmount(tendered);
  const notes = NOTES.filter((note) => note > due).slice(0, 3);
  return (
    <>
      <TextField label={t('till.tendered')} value={tendered} onChange={onChange} numeric focus />
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
          {moneyText(given !== null && given >= due ? given - due : 0)}
        </strong>
      </p>
    </>
  );
}
