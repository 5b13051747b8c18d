import { useEffect, useState } from 'react';
import { client } from './client.ts';
import type { Basket, Quote } from './till.ts';

export interface Quoted {
  /** The quote of just this basket; null while it is asked for, or without lines. */
  readonly quote: Quote | null;
  readonly busy: boolean;
  readonly error: unknown;
}

const PAUSE_MS = 60;

/** What the server makes of the basket, asked anew whenever it changes. */
export function useQuote(store: string, basket: Basket): Quoted {
  const [state, setState] = useState<Quoted & { readonly of: Basket | null }>({
    quote: null,
    busy: false,
    error: null,
    of: null,
  });
  useEffect(() => {
    if (basket.lines.length === 0) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      client
        .call('quotePayment', { body: askedOf(store, basket) }, { signal: stop.signal })
        .then((quote) => setState({ quote, busy: false, error: null, of: basket }))
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setState({ quote: null, busy: false, error, of: basket });
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [store, basket]);
  if (basket.lines.length === 0) return { quote: null, busy: false, error: null };
  if (state.of === basket) return state;
  return { quote: null, busy: true, error: null };
}

/** The basket as the API asks it, without tenders. */
export function askedOf(store: string, { lines, buyer, codes, coupons }: Basket) {
  return {
    store,
    terminal_kind: 'cashier' as const,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ...(buyer && { member: buyer }),
    ...(codes.length > 0 && { codes: [...codes] }),
    ...(coupons.length > 0 && { coupons: [...coupons] }),
  };
}
