import { int2s, int8s, texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import { type AccountState, firstExpiring, type LotState } from './ledger-state.ts';

/** A checked account to lock (a tallied one is never locked); `lots` locks its open lots too, and all those of the payment `lotsOf`. */
export interface LedgerWant {
  readonly account: AccountRef;
  readonly lots?: boolean;
  readonly lotsOf?: string;
  /** Locks the account's open holds too. */
  readonly holds?: boolean;
  /** Reads what of the account's budget is lent, once the account is locked. */
  readonly lent?: boolean;
  /** A journal that is to be reversed: says whether it was before. */
  readonly reverses?: string;
}

type Balances = Map<number, Map<bigint, AccountState>>;

/** Locks checked accounts in the order of their keys; opens those that do not stand yet. */
export async function lockAccounts(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<Balances> {
  const asked = distinct(wants);
  const balances: Balances = new Map();
  if (asked.length === 0) return balances;
  await select(tx, asked, balances);
  const missing = asked.filter(({ org, value }) => !balances.get(org)?.has(value.id));
  if (missing.length > 0) {
    await openAccounts(tx, missing);
    await select(tx, missing, balances);
  }
  return balances;
}

/**
 * Opens accounts with a balance of zero; those that stand are left alone. Two names with one id would be two
 * accounts in one: the CHECK on `side` refuses that.
 */
export async function openAccounts(tx: Tx, refs: readonly Scoped<AccountRef>[]): Promise<void> {
  const lines = refs.map(({ value }) => chartLine(value.code));
  await tx.prepared(
    'ledger_open',
    `insert into ledger.account as a (org_id, account_id, code, owner, asset, side, checked, floor)
     select u.o, u.id, u.c, u.w, u.a, u.s, u.k = 1, u.f
       from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::smallint[], $8::bigint[])
         u(o, id, c, w, a, s, k, f) order by 1, 2
     on conflict (org_id, account_id) do update set side = 0
      where (a.code, a.owner, a.asset) is distinct from (excluded.code, excluded.owner, excluded.asset)`,
    [
      int8s(refs.map(({ org }) => org)),
      int8s(refs.map(({ value }) => value.id)),
      texts(refs.map(({ value }) => value.code)),
      texts(refs.map(({ value }) => value.owner)),
      int2s(refs.map(({ value }) => value.asset)),
      int2s(lines.map((line) => line.side)),
      int2s(lines.map((line) => (line.checked ? 1 : 0))),
      int8s(lines.map((line) => line.floor)),
    ],
  );
}

/** Locks the lots that were asked for, by account. */
export async function lockLots(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<Map<string, LotState[]>> {
  const lots = new Map<string, LotState[]>();
  const asked = wants.filter(({ value }) => value.lots);
  if (asked.length === 0) return lots;
  const rows = await tx.prepared<LotRow>(
    'ledger_lock_lots',
    `select ${LOT_COLUMNS}
       from unnest($1::bigint[], $2::bigint[], $3::text[]::uuid[]) u(o, id, src)
       join ledger.lot l on l.org_id = u.o and l.account_id = u.id and (l.remaining > 0 or l.source = u.src)
      order by l.org_id, l.account_id, l.lot_id for update of l`,
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

export const LOT_COLUMNS =
  'l.org_id, l.account_id::text account_id, l.lot_id, l.source, l.granted, l.remaining, l.used, l.expired, l.reversed, l.value_ppm, l.expires_on';

export interface LotRow {
  org_id: number;
  account_id: string;
  lot_id: string;
  source: string;
  granted: number;
  remaining: number;
  used: number;
  expired: number;
  reversed: number;
  value_ppm: number;
  expires_on: string | null;
}

export function addLot(lots: Map<string, LotState[]>, row: LotRow): void {
  const key = `${row.org_id}/${row.account_id}`;
  const list = lots.get(key) ?? [];
  if (list.some(({ lotId }) => lotId === row.lot_id)) return;
  lots.set(key, list);
  list.push({
    lotId: row.lot_id,
    source: row.source,
    granted: row.granted,
    remaining: row.remaining,
    used: row.used,
    expired: row.expired,
    reversed: row.reversed,
    valuePpm: row.value_ppm,
    expiresOn: row.expires_on,
  });
}

async function select(
  tx: Tx,
  asked: readonly Scoped<AccountRef>[],
  balances: Balances,
): Promise<void> {
  const rows = await tx.prepared<{
    org_id: number;
    account_id: string;
    posted: number;
    held: number;
  }>(
    'ledger_lock',
    `select a.org_id, a.account_id::text account_id, a.posted, a.held
       from unnest($1::bigint[], $2::bigint[]) u(o, id)
       join ledger.account a on a.org_id = u.o and a.account_id = u.id
      order by a.org_id, a.account_id for update of a`,
    [int8s(asked.map(({ org }) => org)), int8s(asked.map(({ value }) => value.id))],
  );
  for (const row of rows) {
    let book = balances.get(row.org_id);
    if (!book) balances.set(row.org_id, (book = new Map()));
    book.set(BigInt(row.account_id), {
      posted: row.posted,
      held: row.held,
      before: { posted: row.posted, held: row.held },
    });
  }
}

function distinct(wants: readonly Scoped<LedgerWant>[]): Scoped<AccountRef>[] {
  const seen = new Map<string, Scoped<AccountRef>>();
  for (const { org, value } of wants) {
    if (!chartLine(value.account.code).checked) continue;
    const key = `${org}/${value.account.id}`;
    if (!seen.has(key)) seen.set(key, { org, value: value.account });
  }
  return [...seen.values()];
}
