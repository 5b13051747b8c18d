import { z } from 'zod';
import { createTemplate } from '#coupons/contract';
import { fault } from '#platform/contract';

/** The funder of budgets that name none. */
export const BRAND = 'brand';

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const money = z.int().min(1).max(100_000_000_000);
const slug = (max: number) =>
  z
    .string()
    .refine(
      (text) => text.length <= max && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text),
      fault(
        `须为 1 至 ${max} 个小写字母、数字或中间的连字符`,
        `must be 1 to ${max} lower-case letters, digits or inner hyphens`,
      ),
    );

const funder = z.strictObject({
  code: slug(20),
  name: words,
  kind: z.enum(['brand', 'issuer']),
});

const budget = z.strictObject({
  code: slug(40),
  /** Code of one of `funders`; without it a brand of the replay's own. */
  funder: slug(20).optional(),
  name: words,
  total: money,
  chunk: money.optional(),
});

/** The form of an offers file. */
export const offerSet = z.strictObject({
  funders: z.array(funder).max(20).default([]),
  budgets: z.array(budget).max(20).default([]),
  /** As `POST /v1/coupon-templates` takes them. */
  templates: z.array(createTemplate.body).max(100).default([]),
  /** Beside "main", where the tickets are sold; offers name them by code. */
  stores: z
    .array(z.strictObject({ code: slug(40), name: words }))
    .max(100)
    .default([]),
  offers: z.array(z.looseObject({ code: z.string() })).max(500),
});

/** The offers of a replay as written, and what they refer to by code. */
export type OfferSetFile = z.infer<typeof offerSet>;
