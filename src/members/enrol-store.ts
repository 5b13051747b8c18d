import { must, Refused } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import { openBooks } from './programme-rows.ts';
import { readProgramme } from './read-programme.ts';
import { ownerOnly, storeNotThere } from './refusals.ts';
import type { MembersRoom } from './room.ts';

export interface Enrolment {
  readonly programmeId: string;
  /** Default: `ctx.org`. Only the operator acts for another owner. */
  readonly ownerOrg?: number | undefined;
  /** The merchant whose store it is; default: `ctx.org`. */
  readonly merchantOrg?: number | undefined;
  readonly storeId: string;
  /** The store's programme with the lowest comes first; default 0. */
  readonly priority?: number | undefined;
}

/** @throws Refused programme_owner_only unless the principal may speak for the programme's owner. */
export async function demandOwner(room: MembersRoom, ctx: Ctx, owner: number): Promise<void> {
  const { principal } = ctx;
  if (principal.org === owner) return;
  if (principal.kind === 'system' && principal.id !== 'nobody') return;
  const { org } = (await room.orgs.get(principal.org)).value;
  must(org.kind === 'operator' && org.status === 'active', ownerOnly);
}

/**
 * Lets a store serve a programme, by the consent of the programme's owner; written into the book of the
 * store's merchant. Once more only changes the priority.
 * @throws Refused programme_owner_only, programme_unknown, enrolment_store_unknown
 */
export async function enrolStore(room: MembersRoom, ctx: Ctx, wanted: Enrolment): Promise<void> {
  await demandOwner(room, ctx, wanted.ownerOrg ?? ctx.org);
  await room.db.transact([ctx.org], (tx) => enrolStoreIn(tx, ctx, wanted));
}

/** `enrolStore` inside a transaction of `ctx.org`, once `demandOwner` held. */
export async function enrolStoreIn(tx: Tx, ctx: Ctx, wanted: Enrolment): Promise<void> {
  const { programmeId, storeId, ownerOrg = ctx.org, merchantOrg = ctx.org, priority = 0 } = wanted;
  await openBooks(tx, [ctx.org, ownerOrg, merchantOrg]);
  await readProgramme(tx, ownerOrg, programmeId);
  const [before] = await tx.query<{ priority: number }>(
    `select priority from members.enrolment
      where org_id = $1 and store_id = $2 and programme_id = $3 for update`,
    [merchantOrg, storeId, programmeId],
  );
  if (before?.priority === priority) return;
  await tx
    .execute(
      `insert into members.enrolment (org_id, store_id, programme_id, owner_org, priority, enrolled_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (org_id, store_id, programme_id) do update set priority = excluded.priority`,
      [merchantOrg, storeId, programmeId, ownerOrg, priority, ctx.now],
    )
    .catch(refuseMissingStore);
  await bumpSnapshot(tx, merchantOrg, 'programmes');
  await audit(
    tx,
    { ...ctx, org: merchantOrg },
    {
      verb: 'members.enrol-store',
      subject: `store:${storeId}`,
      ...(before && { before: { programme: programmeId, priority: before.priority } }),
      after: { programme: programmeId, owner_org: ownerOrg, priority },
    },
  );
}

const FOREIGN_KEY = '23503';

function refuseMissingStore(error: Error & { code?: string }): never {
  if (error.code === FOREIGN_KEY) throw new Refused(storeNotThere());
  throw error;
}
