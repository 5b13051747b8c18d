import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import type { SentXfer } from './post-peer.ts';

export interface XferRow extends SentXfer {
  readonly attempts: number;
}

/** The most transfers of one look. */
export const XFERS_MAX = 1000;

export interface Due {
  readonly org_id: number;
  readonly xfer_id: string;
}

/** What is due and has no earlier transfer of the same two books that is put off. */
export function lookForXfers(db: Database): Promise<Due[]> {
  return db.sweep((tx) =>
    tx.prepared<Due>(
      'xfer_due',
      `select x.org_id, x.xfer_id from ledger.xfer x
        where x.state = 'sent' and x.due_at <= $1 and not exists (
          select from ledger.xfer p
           where p.org_id = x.org_id and p.peer_org = x.peer_org and p.state = 'sent'
             and p.xfer_id < x.xfer_id and p.due_at > $1)
        order by x.xfer_id limit $2`,
      [realNow(), XFERS_MAX],
    ),
  );
}

/** What one book has sent another and does not stand there yet, the oldest first. */
export function lookBetween(db: Database, org: number, peer: number): Promise<Due[]> {
  return db.read([org], (tx) =>
    tx.query<Due>(
      `select org_id, xfer_id from ledger.xfer
        where org_id = $1 and peer_org = $2 and state = 'sent' and dir = 'out' order by xfer_id limit ${XFERS_MAX}`,
      [org, peer],
    ),
  );
}

export async function readXfers(db: Database, due: readonly Due[]): Promise<XferRow[]> {
  if (due.length === 0) return [];
  const orgs = due.map(({ org_id: org }) => org);
  return db.read([...new Set(orgs)], (tx) =>
    tx.query<XferRow>(
      `select x.org_id org, x.xfer_id "xferId", x.peer, x.attempts, j.occurred_at "occurredAt",
              j.value_date "valueDate"
         from unnest($1::bigint[], $2::uuid[]) u(o, i)
         join ledger.xfer x on x.org_id = u.o and x.xfer_id = u.i and x.dir = 'out' and x.state = 'sent'
         join ledger.journal j on j.org_id = x.org_id and j.journal_id = x.journal_id
        order by x.xfer_id`,
      [orgs, due.map(({ xfer_id: id }) => id)],
    ),
  );
}
