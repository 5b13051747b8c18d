import { z } from 'zod';
import { fault, noContent, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { SKU } from './core.ts';

const TAG = ['Catalogue'];

const sku = z
  .string()
  .regex(SKU)
  .meta({ examples: ['85123A'] });
const name = z.strictObject({
  zh: z.string().trim().min(1).max(200),
  en: z.string().trim().min(1).max(200),
});
const word = z.string().trim().min(1).max(64).nullable();
const quantity = z.int().min(-1_000_000_000).max(1_000_000_000);

const fields = {
  sku,
  name,
  category: word,
  brand: word,
  price: z.int().min(0).max(100_000_000_000).meta({ description: 'Unit price in fen.' }),
};

const product = z
  .strictObject({ ...fields, status: z.enum(['active', 'withdrawn']) })
  .meta({ id: 'Product' });

const oncePerSku = (list: readonly { sku: string }[]) =>
  new Set(list.map((each) => each.sku)).size === list.length;
const SKU_TWICE = fault('同一 SKU 只能出现一次', 'an SKU may stand only once');

const stockLine = z.strictObject({ sku: z.string(), quantity: z.int() }).meta({ id: 'StockLine' });

export const listProducts = operation({
  id: 'listProducts',
  method: 'GET',
  path: '/v1/products',
  summary: 'List products',
  description: 'By SKU. `search` is the beginning of an SKU as it is, or of a name in any case.',
  tags: TAG,
  scope: 'catalog.read',
  query: z.strictObject({
    ...pageQuery,
    search: z.string().min(1).max(100).optional(),
    status: z.enum(['active', 'withdrawn']).optional(),
  }),
  reply: { 200: pageOf(product) },
  refusals: ['cursor_malformed'],
});

export const putProducts = operation({
  id: 'putProducts',
  method: 'PUT',
  path: '/v1/products',
  summary: 'Add or replace products',
  description:
    'Up to 1,000 at once, all or none. A product that stands is replaced; a withdrawn one is sold again. Quotes and sales ' +
    'that follow use the new prices.',
  tags: TAG,
  scope: 'catalog.write',
  body: z.strictObject({
    products: z
      .array(z.strictObject({ ...fields, category: word.default(null), brand: word.default(null) }))
      .min(1)
      .max(1000)
      .refine(oncePerSku, SKU_TWICE),
  }),
  reply: { 200: z.strictObject({ added: z.int(), changed: z.int() }) },
  refusals: ['all_stores_needed'],
});

export const getProduct = operation({
  id: 'getProduct',
  method: 'GET',
  path: '/v1/products/{sku}',
  summary: 'Get a product',
  description: 'By its exact SKU.',
  tags: TAG,
  scope: 'catalog.read',
  params: z.strictObject({ sku }),
  reply: { 200: product },
  refusals: ['product_unknown'],
});

export const withdrawProduct = operation({
  id: 'withdrawProduct',
  method: 'DELETE',
  path: '/v1/products/{sku}',
  summary: 'Withdraw a product',
  description: 'Takes it out of sale; its stock and its sales stay. PUT brings it back.',
  tags: TAG,
  scope: 'catalog.write',
  params: z.strictObject({ sku }),
  reply: { 204: noContent },
  refusals: ['all_stores_needed', 'product_unknown'],
});

export const listStock = operation({
  id: 'listStock',
  method: 'GET',
  path: '/v1/stock',
  summary: 'Stock of a store',
  description:
    'By SKU; what never moved is left out. May be below zero: a sale does not fail for a count.',
  tags: TAG,
  scope: 'catalog.read',
  query: z.strictObject({ ...pageQuery, store: uuid, sku: sku.optional() }),
  reply: { 200: pageOf(stockLine) },
  refusals: ['store_unknown', 'store_not_yours', 'cursor_malformed'],
});

export const moveStock = operation({
  id: 'moveStock',
  method: 'POST',
  path: '/v1/stock/moves',
  summary: 'Count or receive stock',
  description:
    '`count`: each quantity is what was counted, the difference becomes the move. `receive`: each quantity was delivered and ' +
    'is added. Up to 1,000 lines, all or none.',
  tags: TAG,
  scope: 'catalog.write',
  body: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('count'),
      store_id: uuid,
      lines: z
        .array(z.strictObject({ sku, quantity }))
        .min(1)
        .max(1000)
        .refine(oncePerSku, SKU_TWICE),
    }),
    z.strictObject({
      kind: z.literal('receive'),
      store_id: uuid,
      lines: z
        .array(z.strictObject({ sku, quantity: quantity.min(1) }))
        .min(1)
        .max(1000)
        .refine(oncePerSku, SKU_TWICE),
    }),
  ]),
  reply: { 201: z.strictObject({ move_id: z.uuid(), stock: z.array(stockLine) }) },
  refusals: ['store_unknown', 'store_not_yours', 'stock_product_unknown'],
});
