import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import { lockProducts } from './put-products.ts';
import { productUnknown } from './refusals.ts';

/** Takes a product out of sale; its stock and its sales stay. Idempotent. @throws Refused product_unknown */
export async function withdrawProduct(tx: Tx, ctx: Ctx, sku: string): Promise<void> {
  const before = (await lockProducts(tx, ctx.org, [sku])).get(sku);
  must(before, () => productUnknown(sku));
  if (before.status === 'withdrawn') return;
  await tx.execute(
    `update catalog.product set status = 'withdrawn' where org_id = $1 and sku = $2`,
    [ctx.org, sku],
  );
  await bumpSnapshot(tx, ctx.org, 'catalog');
  await audit(tx, ctx, {
    verb: 'catalog.withdraw-product',
    subject: `product:${sku}`,
    before: { status: before.status },
    after: { status: 'withdrawn' },
  });
}
