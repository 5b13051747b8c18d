import { useEffect, useMemo, useRef, useState } from 'react';
import type { Answered, Operations } from '#kit/base';
import { client } from './client.ts';

export type Payment = Answered<Operations['getPayment']>;
export type Preview = Answered<Operations['previewRefund']>;

export interface Return {
  /** Units that come back, by the place of their line. */
  readonly units: Readonly<Record<number, number>>;
  readonly setUnits: (units: Readonly<Record<number, number>>) => void;
  /** What it would be; null while nothing is chosen or it is asked for. */
  readonly preview: Preview | null;
  readonly busy: boolean;
  readonly done: boolean;
  readonly error: unknown;
  readonly refund: (reason: string) => void;
}

/** A return of one payment: previewed as it is chosen, carried out once however often it is sent. */
export function useReturn(payment: Payment): Return {
  const [units, setUnits] = useState<Readonly<Record<number, number>>>({});
  const [preview, setPreview] = useState<Preview | null>(null);
  const [state, setState] = useState<'choosing' | 'busy' | 'done'>('choosing');
  const [error, setError] = useState<unknown>(null);
  const key = useRef(crypto.randomUUID());
  const asked = useMemo(
    () => ({
      payment: payment.payment_id,
      lines: Object.entries(units)
        .filter(([, quantity]) => quantity > 0)
        .map(([line, quantity]) => ({ line: Number(line), quantity })),
    }),
    [payment, units],
  );
  useEffect(() => {
    setPreview(null);
    setError(null);
    if (asked.lines.length === 0) return undefined;
    const stop = new AbortController();
    client
      .call('previewRefund', { body: asked }, { signal: stop.signal })
      .then(setPreview)
      .catch((cause: unknown) => {
        if (!stop.signal.aborted) setError(cause);
      });
    return () => stop.abort();
  }, [asked]);

  async function send(reason: string) {
    setState('busy');
    setError(null);
    try {
      await client.call('refundPayment', { body: { ...asked, reason } }, { key: key.current });
      setState('done');
    } catch (cause) {
      setError(cause);
      setState('choosing');
    }
  }
  return {
    units,
    setUnits,
    preview,
    busy: state === 'busy',
    done: state === 'done',
    error,
    refund: (reason) => (state === 'choosing' ? void send(reason) : undefined),
  };
}
