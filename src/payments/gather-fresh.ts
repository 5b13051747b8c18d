import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { snapshotPart, stillCurrent } from '#platform/snapshot';
import { type Basket, type BasketInput, gatherBasket } from './gather-basket.ts';
import type { Till } from './till.ts';

type Channel = Basket['facts']['channel'];

/**
 * Gathers a basket from memory. A refusal may come from prices or stores that have changed since they
 * were read, so it stands only if they have not; else the basket is gathered once more.
 * @throws Refused as `gatherBasket`
 */
export async function gatherFresh(
  till: Till,
  ctx: Ctx,
  input: BasketInput,
  channel: Channel,
): Promise<Basket> {
  try {
    return await gatherBasket(till, ctx, input, channel);
  } catch (error) {
    if (!(error instanceof Refused) || (await upToDate(till, ctx.org))) throw error;
    forget(till, ctx.org);
    return gatherBasket(till, ctx, input, channel);
  }
}

/** Makes sure that what is kept of an org is what the database holds now; for requests that are not hot. */
export async function refresh(till: Till, org: number): Promise<void> {
  if (!(await upToDate(till, org))) forget(till, org);
}

/** Drops what is kept of an org, so that it is read again. */
export function forget(till: Till, org: number): void {
  till.orgs.forget(org);
  till.prices.forget(org);
  till.offers.forget(org);
}

async function upToDate(till: Till, org: number): Promise<boolean> {
  const [orgs, { snapshot }, live] = await Promise.all([
    till.orgs.get(org),
    till.prices.get(org, []),
    till.offers.get(org),
  ]);
  const kept = [orgs, snapshot, ...live.snapshots];
  const books = [...new Set(kept.map((each) => each.org))];
  const versions = await till.db.read(books, (tx) => snapshotPart.lock(tx, [{ org, value: kept }]));
  return stillCurrent(versions, kept);
}
