import { int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import type { Journal, LotGrant, LotUse } from './journal.ts';
import type { LedgerState, LotState } from './ledger-state.ts';

/** Writes the lots granted and used by the journals, at their state after the whole batch. */
export async function writeLots(
  tx: Tx,
  items: readonly Scoped<Journal>[],
  state: LedgerState,
): Promise<void> {
  const grants = items.flatMap(({ org, value }) =>
    (value.grants ?? []).map((grant) => ({ org, grant, source: grant.source ?? value.source })),
  );
  const uses = items.flatMap(({ org, value }) =>
    (value.lotUses ?? []).map((use) => ({ org, use })),
  );
  const fresh = new Set(grants.map(({ grant }) => grant.lotId));
  const standing = uses.filter(({ use }) => !fresh.has(use.lotId));
  const used = new Set(uses.flatMap(({ use }) => (fresh.has(use.lotId) ? [use.lotId] : [])));
  const after = (org: number, { account, lotId, amount }: LotGrant) =>
    used.has(lotId)
      ? lotOf(state, org, account, lotId)
      : { remaining: amount, used: 0, expired: 0, reversed: 0 };
  await Promise.all([
    insertLots(
      tx,
      grants.map((each) => ({ ...each, after: after(each.org, each.grant) })),
    ),
    updateLots(tx, standing, state),
  ]);
}

/** The lot as it stands after the whole batch. */
function lotOf(state: LedgerState, org: number, account: AccountRef, lotId: string): LotState {
  const lot = state.lots(org, account).find((each) => each.lotId === lotId);
  if (!lot) throw new Error(`lot ${lotId} was not locked`);
  return lot;
}

type Amounts = Pick<LotState, 'remaining' | 'used' | 'expired' | 'reversed'>;

async function insertLots(
  tx: Tx,
  grants: readonly { org: number; grant: LotGrant; source: string; after: Amounts }[],
): Promise<void> {
  if (grants.length === 0) return;
  await tx.join(
    'ledger_lots',
    `insert into ledger.lot (org_id, account_id, lot_id, granted, remaining, used, expired, reversed, value_ppm, expires_on, source)
     select u.o, u.a, u.l, u.g, u.r, u.n, u.x, u.b, u.v, u.e::date, u.s
       from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[], $8::bigint[],
                   $9::bigint[], $10::bigint[], $11::bigint[]) u(o, a, l, g, v, e, s, r, n, x, b)`,
    [
      int8s(grants.map(({ org }) => org)),
      int8s(grants.map(({ grant }) => grant.account.id)),
      uuids(grants.map(({ grant }) => grant.lotId)),
      int8s(grants.map(({ grant }) => grant.amount)),
      int8s(grants.map(({ grant }) => grant.valuePpm)),
      texts(grants.map(({ grant }) => grant.expiresOn)),
      uuids(grants.map(({ source }) => source)),
      int8s(grants.map(({ after }) => after.remaining)),
      int8s(grants.map(({ after }) => after.used)),
      int8s(grants.map(({ after }) => after.expired)),
      int8s(grants.map(({ after }) => after.reversed)),
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
    return { org, account: use.account.id, lot: lotOf(state, org, use.account, use.lotId) };
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
