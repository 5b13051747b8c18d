import type { Tx } from '#platform/db/transact';
import type { Definition } from './rule/definition.ts';
import type { OfferVersion } from './engine/offer.ts';

interface VersionRow {
  readonly offer_id: string;
  readonly version: number;
  readonly definition: Definition;
}

/** What an org had live after its change number `change`; 0 is before the first. */
export interface LiveVersions {
  readonly change: number;
  readonly versions: readonly OfferVersion[];
}

/** What is live now. */
export async function versionsNow(tx: Tx, org: number): Promise<LiveVersions> {
  const [row] = await tx.query<{ change: number }>(
    'select coalesce(max(change_no), 0) as change from offers.change where org_id = $1',
    [org],
  );
  return versionsAt(tx, org, (row as { change: number }).change);
}

export async function versionsAt(tx: Tx, org: number, change: number): Promise<LiveVersions> {
  const rows = await tx.query<VersionRow>(
    `select v.offer_id, v.version, v.definition
       from (select distinct on (offer_id) offer_id, version from offers.change
              where org_id = $1 and change_no <= $2 order by offer_id, change_no desc) c
       join offers.version v on v.org_id = $1 and v.offer_id = c.offer_id and v.version = c.version`,
    [org, change],
  );
  return { change, versions: rows.map((row) => versionOf(org, row)) };
}

/** Versions of an org by their names. */
export async function versionsNamed(
  tx: Tx,
  org: number,
  named: readonly { readonly offer: string; readonly version: number }[],
): Promise<OfferVersion[]> {
  const rows = await tx.query<VersionRow>(
    `select v.offer_id, v.version, v.definition
       from (select distinct * from unnest($2::uuid[], $3::int[]) d(o, n)) u
       join offers.version v on v.org_id = $1 and v.offer_id = u.o and v.version = u.n`,
    [org, named.map(({ offer }) => offer), named.map(({ version }) => version)],
  );
  return rows.map((row) => versionOf(org, row));
}

function versionOf(org: number, { offer_id, version, definition }: VersionRow): OfferVersion {
  return { offer: offer_id, version, definition, status: 'live', owner: org };
}
