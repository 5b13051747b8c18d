import { int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { Journal, LotGrant, LotUse } from './journal.ts';
import type { LedgerState } from './ledger-state.ts';

/** Writes the lots granted and used by the journals, at their state after the whole batch. */
export async function writeLots(
  tx: Tx,
  items: readonly Scoped<Journal>[],
  state: LedgerState,
): Promise<void> {
  const grants = items.flatMap(({ org, value }) =>
    (value.grants ?? []).map((grant) => ({ org, grant, source: value.source })),
  );
  const uses = items.flatMap(({ org, value }) =>
    (value.lotUses ?? []).map((use) => ({ org, use })),
  );
  await Promise.all([insertLots(tx, grants), updateLots(tx, uses, state)]);
}

async function insertLots(
  tx: Tx,
  grants: readonly { org: number; grant: LotGrant; source: string }[],
): Promise<void> {
  if (grants.length === 0) return;
  await tx.change(
    'ledger_lots',
    `insert into ledger.lot (org_id, account_id, lot_id, granted, remaining, value_ppm, expires_on, source)
     select u.o, u.a, u.l, u.g, u.g, u.v, u.e::date, u.s
       from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[]) u(o, a, l, g, v, e, s)`,
    [
      int8s(grants.map(({ org }) => org)),
      int8s(grants.map(({ grant }) => grant.account.id)),
      uuids(grants.map(({ grant }) => grant.lotId)),
      int8s(grants.map(({ grant }) => grant.amount)),
      int8s(grants.map(({ grant }) => grant.valuePpm)),
      texts(grants.map(({ grant }) => grant.expiresOn)),
      uuids(grants.map(({ source }) => source)),
    ],
    grants.length,
  );
}

async function updateLots(
  tx: Tx,
  uses: readonly { org: number; use: LotUse }[],
  state: LedgerState,
): Promise<void> {
  if (uses.length === 0) return;
  const touched = new Map(
    uses.map(({ org, use }) => [`${org}/${use.account.id}/${use.lotId}`, { org, use }]),
  );
  const rows = [...touched.values()].map(({ org, use }) => {
    const lot = state.lots(org, use.account).find(({ lotId }) => lotId === use.lotId);
    if (!lot) throw new Error(`lot ${use.lotId} was not locked`);
    return { org, account: use.account.id, lot };
  });
  await tx.change(
    'ledger_lot_uses',
    `update ledger.lot l set remaining = u.r, used = u.s, expired = u.e, reversed = u.b
       from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) u(o, a, l, r, s, e, b)
      where l.org_id = u.o and l.account_id = u.a and l.lot_id = u.l`,
    [
      int8s(rows.map(({ org }) => org)),
      int8s(rows.map(({ account }) => account)),
      uuids(rows.map(({ lot }) => lot.lotId)),
      int8s(rows.map(({ lot }) => lot.remaining)),
      int8s(rows.map(({ lot }) => lot.used)),
      int8s(rows.map(({ lot }) => lot.expired)),
      int8s(rows.map(({ lot }) => lot.reversed)),
    ],
    rows.length,
  );
}
