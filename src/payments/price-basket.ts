import { type FieldFault, type Refusal } from '#kernel/refusal';
import type { LineFacts } from '#offers';
import { AMOUNT_MAX } from './core.ts';
import { basketRefused, overrideNeedsReason, priceDiffers } from './refusals.ts';
import type { PricedProduct } from './till.ts';

/** A line as asked: by its catalogue price, or at another unit price or (imports) amount. fen. */
export interface BasketLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unit_price?: number | undefined;
  /** Gross of the whole line, where the ticket's own rounding decides it. */
  readonly amount?: number | undefined;
  /** The unit price as an imported ticket writes it. */
  readonly unit_price_text?: string | undefined;
}

/** A priced line; `override` where the price is not the catalogue's. */
export interface PricedLine extends LineFacts {
  readonly name: PricedProduct['name'];
  readonly unitPrice: string;
  readonly override?: { readonly sku: string; readonly catalogue: number; readonly asked: string };
}

export interface Pricing {
  readonly mayOverride: boolean;
  readonly reason: string | undefined;
}

/** Prices every line from the catalogue; another price needs the permission and a reason. */
export function priceBasket(
  products: ReadonlyMap<string, PricedProduct>,
  lines: readonly BasketLine[],
  { mayOverride, reason }: Pricing,
): readonly PricedLine[] | Refusal {
  const faults: FieldFault[] = [];
  const differing: FieldFault[] = [];
  const priced: PricedLine[] = [];
  let overridden = false;
  lines.forEach((line, at) => {
    const product = products.get(line.sku);
    const fault = unsellable(product, at, line);
    if (fault || !product) {
      if (fault) faults.push(fault);
      return;
    }
    const result = pricedLine(product, line);
    if (result.override) overridden = true;
    if (result.override && !mayOverride) differing.push(differs(at, product));
    if (result.amount > AMOUNT_MAX) {
      faults.push({
        pointer: `/lines/${at}/quantity`,
        detail: { zh: '行金额过大', en: 'makes the line too large' },
      });
    }
    priced.push(result);
  });
  if (faults.length > 0) return basketRefused(faults);
  if (differing.length > 0) return priceDiffers(differing);
  if (overridden && !reason) return overrideNeedsReason();
  return priced;
}

function pricedLine(product: PricedProduct, line: BasketLine): PricedLine {
  const byCatalogue = product.price * line.quantity;
  const amount = line.amount ?? (line.unit_price ?? product.price) * line.quantity;
  const asked = line.unit_price_text ?? String(line.unit_price ?? product.price);
  const base = {
    sku: product.sku,
    category: product.category,
    brand: product.brand,
    quantity: line.quantity,
    amount,
    name: product.name,
    unitPrice: asked,
  };
  return amount === byCatalogue
    ? base
    : { ...base, override: { sku: product.sku, catalogue: product.price, asked } };
}

function unsellable(
  product: PricedProduct | undefined,
  at: number,
  line: BasketLine,
): FieldFault | undefined {
  const pointer = `/lines/${at}/sku`;
  if (!product) {
    return {
      pointer,
      detail: { zh: `没有商品 ${line.sku}`, en: `there is no product ${line.sku}` },
    };
  }
  if (product.status === 'withdrawn') {
    return {
      pointer,
      detail: { zh: `商品 ${line.sku} 已下架`, en: `product ${line.sku} is withdrawn from sale` },
    };
  }
  return undefined;
}

function differs(at: number, product: PricedProduct): FieldFault {
  return {
    pointer: `/lines/${at}/unit_price`,
    detail: {
      zh: `目录价为 ${product.price} 分`,
      en: `the catalogue price is ${product.price} fen`,
    },
  };
}
