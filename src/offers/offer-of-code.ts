import type { Database } from '#platform/db/transact';

/** The id of an org's offer by its code; null if there is none. */
export function offerOfCode(db: Database, org: number, code: string): Promise<string | null> {
  return db.read([org], async (tx) => {
    const [row] = await tx.query<{ offer_id: string }>(
      'select offer_id from offers.offer where org_id = $1 and code = $2',
      [org, code],
    );
    return row?.offer_id ?? null;
  });
}
