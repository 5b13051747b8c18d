import { int2s, int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import type { Journal } from './journal.ts';
import type { LedgerState } from './ledger-state.ts';
import { openAccounts } from './lock-accounts.ts';
import { writeLots } from './write-lots.ts';
import { writeReceived, writeSent } from './write-xfers.ts';

type Booked = readonly Scoped<Journal>[];

/** Writes journals with all that belongs to them; every statement is issued before the first answer. */
export async function writeJournals(tx: Tx, items: Booked, state: LedgerState): Promise<void> {
  await Promise.all([
    openTallied(tx, items),
    insertJournals(tx, items),
    insertEntries(tx, items),
    moveBalances(tx, items),
    writeLots(tx, items, state),
    insertReversals(tx, items),
    writeSent(tx, items),
    writeReceived(tx, items),
  ]);
}

async function openTallied(tx: Tx, items: Booked): Promise<void> {
  const fresh = new Map<string, Scoped<AccountRef>>();
  for (const { org, value } of items) {
    for (const { account } of value.legs) {
      if (chartLine(account.code).checked) continue;
      const key = `account/${org}/${account.id}`;
      if (!tx.remembered.has(key)) fresh.set(key, { org, value: account });
    }
  }
  if (fresh.size === 0) return;
  const opened = openAccounts(tx, [...fresh.values()]);
  for (const key of fresh.keys()) tx.remembered.add(key);
  await opened;
}

async function insertJournals(tx: Tx, items: Booked): Promise<void> {
  const journals = items.map(({ value }) => value);
  await tx.change(
    'ledger_journals',
    `insert into ledger.journal (org_id, journal_id, kind, source, occurred_at, value_date, actor, reverses, xfer_id, acct, asset, amount)
     select u.o, u.j, u.k, u.s, u.t, u.d::date, u.w, u.r, u.x, u.acct::bigint[], u.asset::smallint[], u.amount::bigint[]
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::text[], $8::uuid[], $9::uuid[],
                   $10::text[], $11::text[], $12::text[]) u(o, j, k, s, t, d, w, r, x, acct, asset, amount)`,
    [
      int8s(items.map(({ org }) => org)),
      uuids(journals.map((journal) => journal.journalId)),
      texts(journals.map((journal) => journal.kind)),
      uuids(journals.map((journal) => journal.source)),
      timestamps(journals.map((journal) => journal.occurredAt)),
      texts(journals.map((journal) => journal.valueDate)),
      texts(journals.map((journal) => journal.actor)),
      uuids(journals.map((journal) => journal.reverses ?? null)),
      uuids(journals.map((journal) => journal.receives?.xferId ?? null)),
      texts(journals.map(({ legs }) => `{${legs.map(({ account }) => account.id).join(',')}}`)),
      texts(journals.map(({ legs }) => `{${legs.map(({ account }) => account.asset).join(',')}}`)),
      texts(journals.map(({ legs }) => `{${legs.map(({ amount }) => amount).join(',')}}`)),
    ],
    items.length,
  );
}

async function insertEntries(tx: Tx, items: Booked): Promise<void> {
  const orgs: number[] = [];
  const accounts: bigint[] = [];
  const journals: string[] = [];
  const lines: number[] = [];
  const amounts: number[] = [];
  for (const { org, value } of items) {
    value.legs.forEach(({ account, amount }, line) => {
      orgs.push(org);
      accounts.push(account.id);
      journals.push(value.journalId);
      lines.push(line);
      amounts.push(amount);
    });
  }
  await tx.change(
    'ledger_entries',
    `insert into ledger.entry (org_id, account_id, journal_id, line, amount)
     select * from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::smallint[], $5::bigint[])`,
    [int8s(orgs), int8s(accounts), uuids(journals), int2s(lines), int8s(amounts)],
    orgs.length,
  );
}

async function moveBalances(tx: Tx, items: Booked): Promise<void> {
  const moves = new Map<string, { org: number; id: bigint; change: number }>();
  for (const { org, value } of items) {
    for (const { account, amount } of value.legs) {
      const { checked, side } = chartLine(account.code);
      if (!checked) continue;
      const key = `${org}/${account.id}`;
      const move = moves.get(key);
      if (move) move.change += amount * side;
      else moves.set(key, { org, id: account.id, change: amount * side });
    }
  }
  const moved = [...moves.values()].filter(({ change }) => change !== 0);
  if (moved.length === 0) return;
  await tx.change(
    'ledger_balances',
    `update ledger.account a set posted = a.posted + u.change
       from unnest($1::bigint[], $2::bigint[], $3::bigint[]) u(o, id, change)
      where a.org_id = u.o and a.account_id = u.id`,
    [int8s(moved.map(({ org }) => org)), int8s(moved.map(({ id }) => id)), int8s(moved.map(({ change }) => change))],
    moved.length,
  );
}

async function insertReversals(tx: Tx, items: Booked): Promise<void> {
  const reversing = items.filter(({ value }) => value.reverses);
  if (reversing.length === 0) return;
  await tx.change(
    'ledger_reversals',
    `insert into ledger.reversal (org_id, original_id, journal_id)
     select * from unnest($1::bigint[], $2::uuid[], $3::uuid[])`,
    [
      int8s(reversing.map(({ org }) => org)),
      uuids(reversing.map(({ value }) => value.reverses as string)),
      uuids(reversing.map(({ value }) => value.journalId)),
    ],
    reversing.length,
  );
}
