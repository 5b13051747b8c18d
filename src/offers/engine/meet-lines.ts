import type { LineFacts } from './facts.ts';
import { ask, type Asked, join, meetBand } from './meet.ts';
import type { GoodsDimension } from './dimension.ts';
import type { OfferIndex } from './offer-index.ts';

/** Asks for the offers that admit one of the lines. */
export function meetLines(
  { any, sku, category, brand, union }: GoodsDimension,
  lines: readonly LineFacts[],
  asked: Asked,
): void {
  union.set(any);
  for (const line of lines) {
    join(union, sku.get(line.sku));
    if (line.category !== null) join(union, category.get(line.category));
    if (line.brand !== null) join(union, brand.get(line.brand));
  }
  ask(asked, union);
}

/** Asks for the offers that admit the basket's gross and quantity. */
export function meetSums(
  { gross: amounts, quantity: quantities }: OfferIndex['bands'],
  lines: readonly LineFacts[],
  asked: Asked,
): void {
  let gross = 0;
  let quantity = 0;
  for (const line of lines) {
    gross += line.amount;
    quantity += line.quantity;
  }
  meetBand(amounts, gross, asked);
  meetBand(quantities, quantity, asked);
}
