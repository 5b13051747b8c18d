import type { Tx } from '#platform/db/transact';

/** When the newest of what is booked in the org's book occurred; undefined if nothing is. Reads the whole book. */
export async function latestOf(tx: Tx, org: number): Promise<Date | undefined> {
  const [row] = await tx.query<{ at: Date | null }>(
    'select max(occurred_at) at from ledger.journal where org_id = $1',
    [org],
  );
  return row?.at ?? undefined;
}
