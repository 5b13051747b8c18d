import { z } from 'zod';
import { legal, oneOf, quantity, units, window } from './values.ts';

/**
 * What a subject may get of an offer in a window. `count`: sales; `amount`: fen or points, the unit of the
 * offer's benefits. "line": of one line of the sale; "sale" and "line" take no window. "offer": all together
 * in the seller's book. "card" and "device" bind only where a card or device is known: without it the
 * offer is not granted.
 */
const limit = z.strictObject({
  per: oneOf(['sale', 'line', 'member', 'card', 'device', 'store', 'terminal', 'offer']),
  window: window.optional(),
  count: quantity.optional(),
  amount: units.optional(),
});

export const limits = z
  .strictObject({
    each: z.array(limit).max(12, legal('at most 12 limits', '至多 12 条限制')).default([]),
    /** False: a grant that a limit, a payer's cap or a budget would cut is not made at all. */
    partial_grants: z.boolean(legal('must be true or false', '须为 true 或 false')).default(true),
  })
  .default({ each: [], partial_grants: true });

export type Limit = z.output<typeof limit>;
