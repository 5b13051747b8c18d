import { int2s, int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import { isJournal, type Journal, type Posting } from './journal.ts';
import type { AccountState, LedgerState } from './ledger-state.ts';
import { openAccounts } from './lock-accounts.ts';
import { writeHolds } from './write-holds.ts';
import { writeLends } from './write-lends.ts';
import { writeLots } from './write-lots.ts';
import { writeReceived, writeSent } from './write-xfers.ts';

type Booked = readonly Scoped<Journal>[];

/** Writes journals and holds with all that belongs to them; every statement is issued before the first answer. */
export async function writePostings(
  tx: Tx,
  items: readonly Scoped<Posting>[],
  state: LedgerState,
): Promise<void> {
  const booked = items.filter((item): item is Scoped<Journal> => isJournal(item.value));
  await Promise.all([
    ...(booked.length > 0
      ? [openTallied(tx, booked), insertJournals(tx, booked), insertEntries(tx, booked)]
      : []),
    moveBalances(tx, items, state),
    writeLots(tx, booked, state),
    writeHolds(tx, items, state),
    insertReversals(tx, booked),
    writeSent(tx, booked),
    writeReceived(tx, booked),
    writeLends(tx, booked),
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
  await tx.join(
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
      if (!chartLine(account.code).checked) return;
      orgs.push(org);
      accounts.push(account.id);
      journals.push(value.journalId);
      lines.push(line);
      amounts.push(amount);
    });
  }
  if (orgs.length === 0) return;
  await tx.join(
    'ledger_entries',
    `insert into ledger.entry (org_id, account_id, journal_id, line, amount)
     select * from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::smallint[], $5::bigint[])`,
    [int8s(orgs), int8s(accounts), uuids(journals), int2s(lines), int8s(amounts)],
    orgs.length,
  );
}

/** Moves the checked balances by what the whole batch changed; they stay locked until the commit. */
async function moveBalances(
  tx: Tx,
  items: readonly Scoped<Posting>[],
  state: LedgerState,
): Promise<void> {
  const moved = new Map<string, { org: number; id: bigint; balance: AccountState }>();
  const move = (org: number, account: AccountRef) => {
    const key = `${org}/${account.id}`;
    if (!moved.has(key))
      moved.set(key, { org, id: account.id, balance: state.account(org, account) });
  };
  for (const { org, value } of items) {
    if (isJournal(value)) {
      for (const { account } of value.legs) if (chartLine(account.code).checked) move(org, account);
    }
    for (const { account } of value.holds ?? []) move(org, account);
  }
  const rows = [...moved.values()].filter(
    ({ balance: { posted, held, before } }) => posted !== before.posted || held !== before.held,
  );
  if (rows.length === 0) return;
  await tx.join(
    'ledger_balances',
    `update ledger.account a set posted = a.posted + u.posted, held = a.held + u.held
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) u(o, id, posted, held)
      where a.org_id = u.o and a.account_id = u.id`,
    [
      int8s(rows.map(({ org }) => org)),
      int8s(rows.map(({ id }) => id)),
      int8s(rows.map(({ balance }) => balance.posted - balance.before.posted)),
      int8s(rows.map(({ balance }) => balance.held - balance.before.held)),
    ],
    rows.length,
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
