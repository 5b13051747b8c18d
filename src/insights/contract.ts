import { z } from 'zod';
import { day, operation, pageQuery } from '#platform/contract';

const TAG = ['Reports'];
const CSV =
  'Of the stores you may act in, by business day, both days included, at most 400 days. ' +
  '`Accept: text/csv` gives CSV (UTF-8 with a byte order mark).';

const fen = z.int();
const period = {
  from: day.meta({ description: 'First business day.', examples: ['2026-11-01'] }),
  to: day.meta({ description: 'Last business day.', examples: ['2026-11-30'] }),
};
const head = {
  from: z.iso.date(),
  to: z.iso.date(),
  row_count: z.int().meta({ description: 'Rows of the whole report.' }),
};
const REFUSALS = ['period_wrong'];

const salesSums = {
  tickets: z
    .int()
    .meta({ description: 'Sales, voided ones too: their void stands in the returns.' }),
  gross: fen.meta({ description: 'Sum of the sale lines.' }),
  discount: fen,
  paid: fen.meta({ description: 'gross - discount.' }),
  returns: fen.meta({ description: 'Gross of what went back, on the day it went back.' }),
  refunded: fen.meta({ description: 'Money given back.' }),
  net: fen.meta({ description: 'gross - returns.' }),
  net_paid: fen.meta({ description: 'paid - refunded.' }),
  average_order: fen.meta({ description: 'gross / tickets.' }),
  member_tickets: z.int(),
  members_share_ppm: z
    .int()
    .meta({ description: 'member_tickets / tickets in parts per million.' }),
  points: z.int().meta({ description: 'Granted to the sales.' }),
  cashback: fen.meta({ description: 'Granted to the sales.' }),
};

export const reportSales = operation({
  id: 'reportSales',
  method: 'GET',
  path: '/v1/reports/sales',
  summary: 'Sales report',
  description: `Sales and returns per day, store or hour with control totals. ${CSV}`,
  tags: TAG,
  scope: 'report.read',
  query: z.strictObject({
    ...period,
    group: z.enum(['day', 'store', 'day_store', 'hour']).default('day'),
  }),
  reply: {
    200: z
      .strictObject({
        ...head,
        group: z.enum(['day', 'store', 'day_store', 'hour']),
        totals: z.strictObject(salesSums),
        rows: z.array(
          z.strictObject({
            day: z.iso.date().nullable(),
            store_id: z.uuid().nullable(),
            hour: z.int().nullable(),
            ...salesSums,
          }),
        ),
      })
      .meta({ id: 'SalesReport' }),
  },
  refusals: REFUSALS,
});

const funder = z.strictObject({
  party: z.enum(['merchant', 'store', 'funder']),
  funder_org: z.int().nullable(),
  budget: z.string().nullable(),
  amount: z.int(),
  reversed: z.int(),
});

export const reportOffers = operation({
  id: 'reportOffers',
  method: 'GET',
  path: '/v1/reports/offers',
  summary: 'Offers report',
  description:
    'Per offer and kind of benefit: how often it was granted to sales of the period, how much and by whom, and ' +
    `what refunds of the period took back. Discounts and cashback in fen, points and growth value in points, coupons and gifts in pieces. ${CSV}`,
  tags: TAG,
  scope: 'report.read',
  query: z.strictObject(period),
  reply: {
    200: z
      .strictObject({
        ...head,
        totals: z.strictObject({
          grants: z.int(),
          discount: fen,
          points: z.int(),
          cashback: fen,
          discount_reversed: fen,
          points_reversed: z.int(),
          cashback_reversed: fen,
        }),
        rows: z.array(
          z.strictObject({
            offer_id: z.uuid(),
            owner_org: z.int(),
            code: z.string(),
            name: z.strictObject({ zh: z.string(), en: z.string() }),
            kind: z.enum(['discount', 'points', 'growth', 'cashback', 'coupon', 'gift']),
            grants: z.int(),
            amount: z.int(),
            reversed: z.int(),
            funders: z.array(funder).meta({
              description:
                'Empty for growth value, coupons and gifts: they cost no money when granted.',
            }),
          }),
        ),
      })
      .meta({ id: 'OffersReport' }),
  },
  refusals: REFUSALS,
});

const productSums = {
  quantity: z.int(),
  gross: fen,
  discount: fen,
  returned_quantity: z.int(),
  returns: fen.meta({ description: 'Gross of what went back in the period.' }),
};

export const reportProducts = operation({
  id: 'reportProducts',
  method: 'GET',
  path: '/v1/reports/products',
  summary: 'Products report',
  description: `Per SKU what was sold and returned, the largest gross first; CSV has every row. ${CSV}`,
  tags: TAG,
  scope: 'report.read',
  query: z.strictObject({ ...period, limit: pageQuery.limit, cursor: pageQuery.cursor }),
  reply: {
    200: z
      .strictObject({
        ...head,
        totals: z
          .strictObject(productSums)
          .meta({ description: 'Over all rows, not this page alone.' }),
        items: z.array(
          z.strictObject({
            sku: z.string(),
            name: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
            tickets: z.int(),
            ...productSums,
          }),
        ),
        next_cursor: z.string().nullable(),
      })
      .meta({ id: 'ProductsReport' }),
  },
  refusals: [...REFUSALS, 'cursor_malformed'],
});
