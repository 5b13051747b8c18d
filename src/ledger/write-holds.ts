import { int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { HoldChange, Posting } from './journal.ts';
import type { HoldState, LedgerState } from './ledger-state.ts';

type Placed = Extract<HoldChange, { do: 'place' }>;

/** Writes the holds placed and changed by the postings, at their state after the whole batch. */
export async function writeHolds(
  tx: Tx,
  items: readonly Scoped<Posting>[],
  state: LedgerState,
): Promise<void> {
  const placed: { org: number; place: Placed; hold: HoldState }[] = [];
  const changed = new Map<string, { org: number; hold: HoldState }>();
  const fresh = new Set<string>();
  for (const { org, value } of items) {
    for (const change of value.holds ?? []) {
      const hold = state.hold(org, change.holdId);
      if (!hold) throw new Error(`hold ${change.holdId} was not locked`);
      const key = `${org}/${change.holdId}`;
      if (change.do === 'place') {
        placed.push({ org, place: change, hold });
        fresh.add(key);
      } else if (!fresh.has(key)) changed.set(key, { org, hold });
    }
  }
  await Promise.all([insertHolds(tx, placed), updateHolds(tx, [...changed.values()])]);
}

async function insertHolds(
  tx: Tx,
  placed: readonly { org: number; place: Placed; hold: HoldState }[],
): Promise<void> {
  if (placed.length === 0) return;
  await tx.change(
    'ledger_holds',
    `insert into ledger.hold (org_id, hold_id, account_id, amount, remaining, state, source, expires_at)
     select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[], $8::timestamptz[])`,
    [
      int8s(placed.map(({ org }) => org)),
      uuids(placed.map(({ place }) => place.holdId)),
      int8s(placed.map(({ place }) => place.account.id)),
      int8s(placed.map(({ place }) => place.amount)),
      int8s(placed.map(({ hold }) => hold.remaining)),
      texts(placed.map(({ hold }) => hold.state)),
      uuids(placed.map(({ place }) => place.source)),
      timestamps(placed.map(({ place }) => place.expiresAt)),
    ],
    placed.length,
  );
}

async function updateHolds(
  tx: Tx,
  changed: readonly { org: number; hold: HoldState }[],
): Promise<void> {
  if (changed.length === 0) return;
  await tx.change(
    'ledger_hold_changes',
    `update ledger.hold h set remaining = u.r, state = u.s
       from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[]) u(o, i, r, s)
      where h.org_id = u.o and h.hold_id = u.i and h.state = 'open'`,
    [
      int8s(changed.map(({ org }) => org)),
      uuids(changed.map(({ hold }) => hold.holdId)),
      int8s(changed.map(({ hold }) => hold.remaining)),
      texts(changed.map(({ hold }) => hold.state)),
    ],
    changed.length,
  );
}
