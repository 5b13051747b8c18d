import { int8s, texts, uuids } from '#platform/db/arrays';
import { realNow } from '#platform/clock';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { Journal } from './journal.ts';

/** Writes what the journals send to other books; the relay takes it from here. */
export async function writeSent(tx: Tx, items: readonly Scoped<Journal>[]): Promise<void> {
  const sent = items.flatMap(({ org, value }) =>
    (value.sends ?? []).map((peer) => ({ org, journalId: value.journalId, peer })),
  );
  if (sent.length === 0) return;
  await tx.join(
    'ledger_xfers_out',
    `insert into ledger.xfer (org_id, xfer_id, dir, peer_org, journal_id, state, peer, due_at)
     select u.o, u.x, 'out', u.p, u.j, 'sent', u.d::jsonb, $6
       from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[]) u(o, x, p, j, d)`,
    [
      int8s(sent.map(({ org }) => org)),
      uuids(sent.map(({ peer }) => peer.xferId)),
      int8s(sent.map(({ peer }) => peer.org)),
      uuids(sent.map(({ journalId }) => journalId)),
      texts(sent.map(({ peer }) => JSON.stringify(peer))),
      realNow(),
    ],
    sent.length,
  );
}

/** Writes the receiving side of transfers: the second posting of the same one breaks the key. */
export async function writeReceived(tx: Tx, items: readonly Scoped<Journal>[]): Promise<void> {
  const received = items.filter(({ value }) => value.receives);
  if (received.length === 0) return;
  await tx.join(
    'ledger_xfers_in',
    `insert into ledger.xfer (org_id, xfer_id, dir, peer_org, journal_id, state, peer)
     select u.o, u.x, 'in', u.p, u.j, 'posted', '{}'
       from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::uuid[]) u(o, x, p, j)`,
    [
      int8s(received.map(({ org }) => org)),
      uuids(received.map(({ value }) => value.receives?.xferId as string)),
      int8s(received.map(({ value }) => value.receives?.from as number)),
      uuids(received.map(({ value }) => value.journalId)),
    ],
    received.length,
  );
}
