import { realNow } from '#platform/clock';
import type { Database, Tx } from '#platform/db/transact';
import { backOffMs } from '#platform/timer/carry-out';
import type { XferRow } from './due-xfers.ts';

/** Stored answers live 30 days; a transfer posted before that is known by its receiving row. */
export function standsAtPeer(db: Database, { xferId, peer }: XferRow): Promise<boolean> {
  return db.read([peer.org], async (tx) => {
    const found = await tx.query(
      "select from ledger.xfer where org_id = $1 and xfer_id = $2 and dir = 'in'",
      [peer.org, xferId],
    );
    return found.length > 0;
  });
}

export async function markPosted(tx: Tx, org: number, rows: readonly XferRow[]): Promise<void> {
  await tx.execute(
    "update ledger.xfer set state = 'posted' where org_id = $1 and xfer_id = any($2) and dir = 'out' and state = 'sent'",
    [org, rows.map(({ xferId }) => xferId)],
  );
}

export async function putOff(tx: Tx, row: XferRow, error: unknown): Promise<void> {
  const attempts = Math.min(row.attempts + 1, 30_000);
  await tx.execute(
    "update ledger.xfer set attempts = $3, due_at = $4, last_error = $5 where org_id = $1 and xfer_id = $2 and dir = 'out'",
    [
      row.org,
      row.xferId,
      attempts,
      new Date(realNow().getTime() + backOffMs(attempts)),
      String(error).slice(0, 500),
    ],
  );
}
