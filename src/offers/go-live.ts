import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';

/**
 * Notes from when on an offer is live in `version`, or not at all (null), and tells the processes. The
 * snapshot's row is locked first, so the changes of an org are numbered one after the other.
 */
export async function goLive(
  tx: Tx,
  ctx: Ctx,
  offerId: string,
  version: number | null,
): Promise<void> {
  await bumpSnapshot(tx, ctx.org, 'offers');
  await tx.execute(
    `insert into offers.change (org_id, change_no, offer_id, version, changed_at)
     select $1, coalesce(max(change_no), 0) + 1, $2, $3, $4 from offers.change where org_id = $1`,
    [ctx.org, offerId, version, ctx.now],
  );
}
