import { z } from 'zod';
import { legal, money, oneOf, portion, word } from './values.ts';

/**
 * One payer of a benefit. A part is a share in ppm, a fixed number of fen per grant (never more than
 * the grant), or the remainder. The parts of a list are all shares that sum to 1,000,000; or fixed
 * parts, at will shares of what they leave, and one remainder. For points the unit is points.
 */
const payer = z.strictObject({
  party: oneOf(['merchant', 'store', 'funder']),
  /** Org id of the funder (issuer, brand, operator); only with party "funder". */
  funder_org: z
    .int(legal('must be an org id', '须为机构编号'))
    .positive(legal('must be an org id', '须为机构编号'))
    .optional(),
  /** The funder's budget. */
  budget: word.optional(),
  share: portion.optional(),
  fixed: money.optional(),
  remainder: z.literal(true, legal('must be true, or left out', '须为 true,或省略')).optional(),
  /** Most that this payer pays for the offer, in fen. Counted in the seller's book. */
  cap: z
    .strictObject({
      per_sale: money.optional(),
      per_day: money.optional(),
      per_month: money.optional(),
      total: money.optional(),
    })
    .optional(),
  /**
   * What its cap or an empty budget leaves unpaid: "cut" makes the benefit smaller (unless said),
   * "next" passes it to the payers after it in the list (waterfall).
   */
  overflow: oneOf(['cut', 'next']).optional(),
});

export const funding = z
  .array(payer)
  .min(1, legal('must name at least one payer', '至少要有一个出资方'))
  .max(8, legal('must name at most 8 payers', '至多 8 个出资方'));

export type Funding = z.output<typeof funding>;
