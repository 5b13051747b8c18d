import { int8s, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { HoldState } from './ledger-state.ts';
import type { LedgerWant } from './lock-accounts.ts';

/** Locks the open holds of the accounts that ask for them. */
export async function lockHolds(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<Map<string, HoldState>> {
  const asked = wants.filter(({ value }) => value.holds);
  if (asked.length === 0) return new Map();
  const rows = await tx.prepared<{
    org_id: number;
    hold_id: string;
    account_id: string;
    source: string;
    remaining: number;
  }>(
    'ledger_lock_holds',
    `select h.org_id, h.hold_id, h.account_id::text account_id, h.source, h.remaining
       from unnest($1::bigint[], $2::bigint[]) u(o, id)
       join ledger.hold h on h.org_id = u.o and h.account_id = u.id and h.state = 'open'
      order by h.org_id, h.hold_id for update of h`,
    [int8s(asked.map(({ org }) => org)), int8s(asked.map(({ value }) => value.account.id))],
  );
  return new Map(
    rows.map((row) => [
      `${row.org_id}/${row.hold_id}`,
      {
        holdId: row.hold_id,
        account: BigInt(row.account_id),
        source: row.source,
        remaining: row.remaining,
        state: 'open' as const,
      },
    ]),
  );
}

/** Which of the journals to be reversed were reversed before. */
export async function lockReversals(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<Set<string>> {
  const asked = wants.filter(({ value }) => value.reverses);
  if (asked.length === 0) return new Set();
  const rows = await tx.prepared<{ org_id: number; original_id: string }>(
    'ledger_reversed',
    `select r.org_id, r.original_id from unnest($1::bigint[], $2::uuid[]) u(o, j)
       join ledger.reversal r on r.org_id = u.o and r.original_id = u.j`,
    [int8s(asked.map(({ org }) => org)), uuids(asked.map(({ value }) => value.reverses as string))],
  );
  return new Set(rows.map((row) => `${row.org_id}/${row.original_id}`));
}
