import { int8s, texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import { chartLine } from './chart.ts';
import { type AccountState, firstExpiring, LedgerState, type LotState } from './ledger-state.ts';
import { addLot, type LedgerWant, LOT_COLUMNS, type LotRow } from './lock-accounts.ts';

/**
 * The state of checked accounts, and of their lots where asked, without locking them: for what is shown
 * before it is decided. An account that was never used reads as zero.
 */
export async function readState(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<LedgerState> {
  const accounts = await readAccounts(tx, wants);
  const lots = await readLots(tx, wants);
  return new LedgerState({ accounts, lots, holds: new Map(), reversed: new Set() });
}

async function readAccounts(tx: Tx, wants: readonly Scoped<LedgerWant>[]) {
  const books = new Map<number, Map<bigint, AccountState>>();
  const put = (org: number, id: bigint, posted: number, held: number) => {
    const book = books.get(org) ?? new Map<bigint, AccountState>();
    books.set(org, book.set(id, { posted, held, before: { posted, held } }));
  };
  const asked = wants.filter(({ value }) => chartLine(value.account.code).checked);
  for (const { org, value } of asked) put(org, value.account.id, 0, 0);
  const rows = await tx.query<{ org_id: number; account_id: string; posted: number; held: number }>(
    `select a.org_id, a.account_id::text account_id, a.posted, a.held
       from (select distinct * from unnest($1::bigint[], $2::bigint[]) d(o, id)) u
       join ledger.account a on a.org_id = u.o and a.account_id = u.id`,
    [int8s(asked.map(({ org }) => org)), int8s(asked.map(({ value }) => value.account.id))],
  );
  for (const row of rows) put(row.org_id, BigInt(row.account_id), row.posted, row.held);
  return books;
}

async function readLots(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<Map<string, LotState[]>> {
  const lots = new Map<string, LotState[]>();
  const asked = wants.filter(({ value }) => value.lots);
  if (asked.length === 0) return lots;
  const rows = await tx.query<LotRow>(
    `select ${LOT_COLUMNS} from unnest($1::bigint[], $2::bigint[], $3::text[]::uuid[]) u(o, id, src)
       join ledger.lot l on l.org_id = u.o and l.account_id = u.id and (l.remaining > 0 or l.source = u.src)`,
    [
      int8s(asked.map(({ org }) => org)),
      int8s(asked.map(({ value }) => value.account.id)),
      texts(asked.map(({ value }) => value.lotsOf ?? null)),
    ],
  );
  for (const row of rows) addLot(lots, row);
  for (const list of lots.values()) list.sort(firstExpiring);
  return lots;
}
