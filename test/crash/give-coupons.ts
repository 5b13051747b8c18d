import { createTemplate, issueCoupons } from '#coupons';
import type { DefinitionInput } from '#offers';
import type { Ctx } from '#platform/context';
import type { App } from '../../src/app.ts';

const EACH = 30;
const schedule = { from: '2020-01-01' };

/** 3 yuan off with a coupon at hand, and one for tomorrow with every sale above 50 yuan. */
export const COUPON_OFFERS: readonly DefinitionInput[] = [
  {
    code: 'uses-coupon',
    name: named('uses coupon'),
    schedule,
    conditions: { type: 'coupon', templates: ['HAND'] },
    benefits: [{ kind: 'discount', off: { by: 'amount', amount: 300 } }],
  },
  {
    code: 'gives-coupon',
    name: named('gives coupon'),
    schedule,
    benefits: [{ kind: 'coupon', template: 'NEXT', quantity: 2, spend: 5_000 }],
  },
];

/** Templates of a merchant; of one of them each member holds some coupons. */
export async function giveCoupons(app: App, ctx: Ctx, members: readonly string[]): Promise<void> {
  const wanted = {
    name: named('coupon'),
    validity: { type: 'rolling', days: 300 },
    quantity: 1_000_000,
    perMember: 10_000,
  } as const;
  await app.db.transact([ctx.org], async (tx) => {
    await createTemplate(tx, ctx, { ...wanted, code: 'HAND', usableFrom: 'at_once' });
    await createTemplate(tx, ctx, { ...wanted, code: 'NEXT', usableFrom: 'next_day' });
  });
  for (const memberId of members)
    await issueCoupons(app.coupons, ctx, { template: 'HAND', memberId, quantity: EACH });
}

function named(code: string) {
  return { zh: `名 ${code}`, en: code };
}
