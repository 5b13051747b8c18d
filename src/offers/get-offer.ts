import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { LISTED, type ListedOffer, listedOf, type ListedRow } from './list-offers.ts';
import type { PublishedVersion } from './offer-rows.ts';
import { offerUnknown } from './refusals.ts';

/** An offer with all that was ever published of it, the newest first. */
export interface WholeOffer extends ListedOffer {
  readonly versions: readonly PublishedVersion[];
}

/** An offer of `ctx.org` with its versions. @throws Refused offer_unknown */
export function getOffer(db: Database, ctx: Ctx, id: string): Promise<WholeOffer> {
  return db.read([ctx.org], async (tx) => ({
    ...(await readListed(tx, ctx.org, id)),
    versions: await versionsIn(tx, ctx.org, id),
  }));
}

/** @throws Refused offer_unknown */
export async function readListed(tx: Tx, org: number, id: string): Promise<ListedOffer> {
  const [row] = await tx.query<ListedRow>(`${LISTED} where o.org_id = $1 and o.offer_id = $2`, [
    org,
    id,
  ]);
  if (!row) throw new Refused(offerUnknown(id));
  return listedOf(row);
}

/** Versions of an offer older than `before`, the newest first. @throws Refused offer_unknown */
export function listVersions(
  db: Database,
  ctx: Ctx,
  id: string,
  asked: { readonly before?: number | undefined; readonly limit: number },
): Promise<PublishedVersion[]> {
  return db.read([ctx.org], async (tx) => {
    await readListed(tx, ctx.org, id);
    return versionsIn(tx, ctx.org, id, asked.before, asked.limit);
  });
}

function versionsIn(
  tx: Tx,
  org: number,
  id: string,
  before?: number,
  limit?: number,
): Promise<PublishedVersion[]> {
  return tx.query<PublishedVersion>(
    `select version, definition, published_at as "publishedAt", published_by as "publishedBy",
            approved_by as "approvedBy", policy_version as "policyVersion"
       from offers.version
      where org_id = $1 and offer_id = $2 and ($3::int is null or version < $3)
      order by version desc limit $4`,
    [org, id, before ?? null, limit ?? null],
  );
}
