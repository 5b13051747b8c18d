import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from './client.ts';
import type { Product } from './till.ts';

export interface Catalogue {
  readonly ready: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly find: (code: string) => Product | undefined;
  /** At most eight whose name or SKU holds the text. */
  readonly search: (text: string) => readonly Product[];
}

const PAGE = '200';
const SHOWN = 8;

/** All products of the merchant in memory, so that a scan shows its line without asking anybody. */
export function useCatalogue(): Catalogue {
  const products = useRef(new Map<string, Product>());
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setError(null);
    readAll(products.current, stop.signal)
      .then(() => setReady(true))
      .catch((cause: unknown) => {
        if (!stop.signal.aborted) setError(cause);
      });
    return () => stop.abort();
  }, [attempt]);
  const find = useCallback(
    (code: string) => products.current.get(code) ?? products.current.get(code.toUpperCase()),
    [],
  );
  const search = useCallback((text: string) => searched(products.current, text), []);
  return { ready, error, retry: () => setAttempt(attempt + 1), find, search };
}

async function readAll(into: Map<string, Product>, signal: AbortSignal): Promise<void> {
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, status: 'active' as const, ...(cursor && { cursor }) };
    const page = await client.call('listProducts', { query }, { signal });
    for (const product of page.items) into.set(product.sku, product);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
}

function searched(products: ReadonlyMap<string, Product>, text: string): readonly Product[] {
  const wanted = text.toLowerCase();
  const found: Product[] = [];
  for (const product of products.values()) {
    const { sku, name } = product;
    const holds =
      sku.toLowerCase().includes(wanted) ||
      name.zh.toLowerCase().includes(wanted) ||
      name.en.toLowerCase().includes(wanted);
    if (holds) found.push(product);
    if (found.length === SHOWN) break;
  }
  return found;
}
