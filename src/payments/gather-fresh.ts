import { Refused } from '#kernel/refusal';
import { templatesIn } from '#offers';
import type { Ctx } from '#platform/context';
import { type Snapshot, snapshotPart, stillCurrent } from '#platform/snapshot';
import { type Basket, type BasketInput, gatherBasket } from './gather-basket.ts';
import { templateOwners } from './gather-coupons.ts';
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
    if (!(error instanceof Refused)) throw error;
    const kept = await keptOf(till, ctx.org);
    if (await upToDate(till, ctx.org, kept)) throw error;
    forget(till, ctx.org, kept);
    return gatherBasket(till, ctx, input, channel);
  }
}

/** Makes sure that what is kept of an org is what the database holds now; for requests that are not hot. */
export async function refresh(till: Till, org: number): Promise<void> {
  const kept = await keptOf(till, org);
  if (!(await upToDate(till, org, kept))) forget(till, org, kept);
}

/**
 * Drops what is kept of an org, so that it is read again.
 * @param used what was found outdated; coupon templates among it may be of other owners
 */
export function forget(till: Till, org: number, used: readonly Snapshot<unknown>[]): void {
  const { templates } = till.coupons;
  for (const { kind, org: owner } of used) if (kind === templates.kind) templates.forget(owner);
  till.orgs.forget(org);
  till.prices.forget(org);
  till.offers.forget(org);
}

async function keptOf(till: Till, org: number): Promise<readonly Snapshot<unknown>[]> {
  const [orgs, { snapshot }, live] = await Promise.all([
    till.orgs.get(org),
    till.prices.get(org, []),
    till.offers.get(org),
  ]);
  const owners = templateOwners(org, templatesIn(live.set).given);
  const templates = await Promise.all(owners.map((owner) => till.coupons.templates.get(owner)));
  return [orgs, snapshot, ...live.snapshots, ...templates];
}

async function upToDate(
  till: Till,
  org: number,
  kept: readonly Snapshot<unknown>[],
): Promise<boolean> {
  const books = [...new Set(kept.map((each) => each.org))];
  const versions = await till.db.read(books, (tx) => snapshotPart.lock(tx, [{ org, value: kept }]));
  return stillCurrent(versions, kept);
}
