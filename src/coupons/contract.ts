import { z } from 'zod';
import { day, fault, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { DAYS_MAX, ISSUE_MAX, QUANTITY_MAX } from './core.ts';

const TAG = ['Coupons'];
const STATES = ['available', 'used', 'expired', 'reversed', 'forfeited'] as const;
const STATUSES = ['active', 'stopped'] as const;

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value), fault('不能含控制字符', 'no control characters'));
const words = z.strictObject({ zh: text(60), en: text(60) });
const told = z.strictObject({ zh: z.string(), en: z.string() });
const code = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
    fault('须为 1 至 40 个字母、数字、"-" 或 "_"', '1 to 40 letters, digits, "-" or "_"'),
  )
  .meta({ description: 'One within the org; offers name it.', examples: ['TEA-NEXT'] });
const count = (max: number) => z.int().min(1).max(max);

const validity = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('fixed'), from: day, to: day })
      .refine(({ from, to }) => from <= to, {
        ...fault('结束日不得早于开始日', 'the last day must not be before the first'),
        path: ['to'],
      }),
    z.strictObject({
      type: z.literal('rolling'),
      days: count(DAYS_MAX).meta({ description: 'Usable through the day of issue + days.' }),
    }),
  ])
  .meta({ description: 'The days on which a coupon may be used, both ends included.' });
const usableFrom = z.enum(['next_day', 'at_once']).meta({
  description:
    'The first usable day; "at_once" is the day of issue, though never the sale that grants it.',
});
const quantity = count(QUANTITY_MAX);

const template = z
  .strictObject({
    template_id: z.uuid(),
    code: z.string(),
    name: told,
    validity,
    usable_from: usableFrom,
    quantity: z.int().nullable().meta({ description: 'How many in all; null for no limit.' }),
    per_member: z
      .int()
      .nullable()
      .meta({ description: 'How many one member may have been given; null for no limit.' }),
    status: z
      .enum(STATUSES)
      .meta({ description: 'Of a stopped template nothing more is given; coupons stay usable.' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'CouponTemplate' });

const coupon = z
  .strictObject({
    coupon_id: z.uuid(),
    code: z.string().meta({ description: 'For people.', examples: ['K7Q2M-9XD4T'] }),
    template: z.string(),
    name: told,
    owner_org: z.int().meta({ description: 'Whose template it is.' }),
    member_id: z.uuid().nullable().meta({ description: 'Null: whoever shows it may use it.' }),
    state: z.enum(STATES).meta({ description: 'On the day of the org.' }),
    valid_from: z.iso.date(),
    valid_to: z.iso.date(),
    used_payment: z.uuid().nullable(),
  })
  .meta({ id: 'Coupon' });

const templateParams = z.strictObject({ code: z.string().min(1).max(100) });
const couponParams = z.strictObject({
  coupon: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'The code, with or without its hyphen, or the id.' }),
});

export const createTemplate = operation({
  id: 'createCouponTemplate',
  method: 'POST',
  path: '/v1/coupon-templates',
  summary: 'Create a coupon template',
  description:
    'When coupons of it may be used and how many there may be. What they give stands in an offer whose conditions hold ' +
    '`{"type":"coupon","templates":[code]}`.',
  tags: TAG,
  scope: 'coupon.write',
  body: z
    .strictObject({
      code,
      name: words,
      validity,
      usable_from: usableFrom.default('next_day'),
      quantity: quantity.optional(),
      per_member: quantity.optional(),
    })
    .meta({
      examples: [
        {
          code: 'TEA-NEXT',
          name: { zh: '下次减 10 元', en: '10 yuan off next time' },
          validity: { type: 'rolling', days: 30 },
          per_member: 3,
        },
      ],
    }),
  reply: { 201: template },
  refusals: ['coupon_template_code_taken', 'coupon_template_over', 'all_stores_needed'],
});

export const listTemplates = operation({
  id: 'listCouponTemplates',
  method: 'GET',
  path: '/v1/coupon-templates',
  summary: 'List coupon templates',
  description: 'Those of your org, by code.',
  tags: TAG,
  scope: 'coupon.read',
  query: z.strictObject({ ...pageQuery, status: z.enum(STATUSES).optional() }),
  reply: { 200: pageOf(template) },
  refusals: ['cursor_malformed'],
});

export const getTemplate = operation({
  id: 'getCouponTemplate',
  method: 'GET',
  path: '/v1/coupon-templates/{code}',
  summary: 'Read a coupon template',
  description: 'With how many of its coupons are in which state today.',
  tags: TAG,
  scope: 'coupon.read',
  params: templateParams,
  reply: {
    200: template
      .extend({
        issued: z.int(),
        states: z.strictObject({
          available: z.int(),
          used: z.int(),
          expired: z.int(),
          reversed: z.int(),
          forfeited: z.int(),
        }),
      })
      .meta({ id: 'CouponTemplateWithCounts' }),
  },
  refusals: ['coupon_template_unknown'],
});

export const changeTemplate = operation({
  id: 'changeCouponTemplate',
  method: 'PATCH',
  path: '/v1/coupon-templates/{code}',
  summary: 'Change a coupon template',
  description:
    'Renames, stops or resumes it, or raises its limits. Its days never change: coupons were given with them.',
  tags: TAG,
  scope: 'coupon.write',
  params: templateParams,
  body: z
    .strictObject({
      name: words.optional(),
      quantity: quantity.optional(),
      per_member: quantity.optional(),
      status: z.enum(STATUSES).optional(),
    })
    .meta({ examples: [{ status: 'stopped' }] }),
  reply: { 200: template },
  refusals: ['coupon_template_unknown', 'coupon_limit_lowered', 'all_stores_needed'],
});

export const issueCoupons = operation({
  id: 'issueCoupons',
  method: 'POST',
  path: '/v1/coupons',
  summary: 'Give coupons',
  description:
    'To a member, or without `member_id` coupons that whoever shows them may use. All or none.',
  tags: TAG,
  scope: 'coupon.issue',
  body: z
    .strictObject({
      template: z.string().min(1).max(100),
      member_id: uuid.optional(),
      quantity: count(ISSUE_MAX).default(1),
    })
    .meta({
      examples: [{ template: 'TEA-NEXT', member_id: '0198c0de-0000-7000-8000-000000000001' }],
    }),
  reply: {
    201: z
      .strictObject({
        issue_id: z.uuid(),
        template: z.string(),
        member_id: z.uuid().nullable(),
        valid_from: z.iso.date(),
        valid_to: z.iso.date(),
        coupons: z.array(z.strictObject({ coupon_id: z.uuid(), code: z.string() })),
      })
      .meta({ id: 'CouponIssue' }),
  },
  refusals: [
    'coupon_template_unknown',
    'coupon_template_stopped',
    'coupon_template_over',
    'coupons_exhausted',
    'coupon_member_limit',
    'member_unknown',
    'member_closed',
  ],
});

export const listCoupons = operation({
  id: 'listCoupons',
  method: 'GET',
  path: '/v1/coupons',
  summary: 'List coupons',
  description:
    'Coupons of your own templates with their codes, the newest first: for who may issue them. A till asks one by its code.',
  tags: TAG,
  scope: 'coupon.issue',
  query: z.strictObject({
    ...pageQuery,
    member_id: uuid.optional(),
    state: z.enum(STATES).optional(),
    template: z.string().min(1).max(100).optional(),
  }),
  reply: { 200: pageOf(coupon) },
  refusals: ['cursor_malformed'],
});

export const getCoupon = operation({
  id: 'getCoupon',
  method: 'GET',
  path: '/v1/coupons/{coupon}',
  summary: 'Read a coupon',
  description:
    'Also one of the owner of a programme that your stores serve. Says whether it may be used today, and if not why.',
  tags: TAG,
  scope: 'coupon.read',
  params: couponParams,
  reply: {
    200: coupon
      .extend({
        usable: z.boolean().meta({ description: 'Today, by its member.' }),
        why_not: z
          .strictObject({ code: z.string(), detail: told })
          .nullable()
          .meta({ description: 'The refusal that a sale would get; null if it may be used.' }),
      })
      .meta({ id: 'CouponNow' }),
  },
  refusals: ['coupon_unknown'],
});

export const voidCoupon = operation({
  id: 'voidCoupon',
  method: 'POST',
  path: '/v1/coupons/{coupon}/void',
  summary: 'Void a coupon',
  description: 'Takes an unused coupon of your own templates out of use for good.',
  tags: TAG,
  scope: 'coupon.issue',
  params: couponParams,
  body: z
    .strictObject({ reason: text(200).meta({ description: 'Why; it stands with the record.' }) })
    .meta({ examples: [{ reason: '发错了' }] }),
  reply: { 200: coupon },
  refusals: ['coupon_unknown', 'coupon_used', 'coupon_expired', 'coupon_void'],
});
