import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type Answered, Fault, type Operations, useTranslation } from '#kit/base';
import { client } from './client.ts';
import { ReturnForm } from './return-form.tsx';
import { Sheet } from './sheet.tsx';
import { TextField } from './text-field.tsx';

type Payment = Answered<Operations['getPayment']>;

interface Props {
  /** The receipt that was scanned; empty if none was. */
  readonly number: string;
  readonly onClose: () => void;
}

/** A return by receipt: find it, choose the lines, see what goes back and is taken back, refund. */
export function GiveBack({ number, onClose }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(number);
  const [payment, setPayment] = useState<Payment | null>(null);
  const [error, setError] = useState<unknown>(null);
  const first = useRef(number);

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
  useEffect(() => {
    if (first.current !== '') void find(first.current);
  }, []);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (asked.trim() !== '') void find(asked);
  }

  return (
    <Sheet title={t('till.give_back')} onClose={onClose}>
      <form className="find" onSubmit={submit}>
        <TextField
          label={t('till.give_back_find')}
          value={asked}
          onChange={setAsked}
          hint={t('till.give_back_find_hint')}
          focus
        />
      </form>
      {error === null ? null : <Fault error={error} />}
      {payment ? <ReturnForm key={payment.payment_id} payment={payment} onDone={onClose} /> : null}
    </Sheet>
  );
}
