import { must, Refused } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import { isInvited } from './invite-merchant.ts';
import { openBooks } from './programme-rows.ts';
import { readProgramme } from './read-programme.ts';
import { ownerOnly, storeNotThere, storeNotYours } from './refusals.ts';
import type { MembersRoom } from './room.ts';

export interface Enrolment {
  readonly programmeId: string;
  /** Default: `ctx.org`. */
  readonly ownerOrg?: number | undefined;
  /** The merchant whose store it is; default: `ctx.org`. Only the operator acts for another. */
  readonly merchantOrg?: number | undefined;
  readonly storeId: string;
  /** The store's programme with the lowest comes first; default 0. */
  readonly priority?: number | undefined;
}

/** Whose consent an enrolment still has to show: the owner's, unless the principal may speak for it. */
export type Consent = 'given' | 'invitation';

/**
 * A merchant enrols its own stores only, and in another's programme only if its owner invited it; the
 * operator and the product itself enrol any.
 * @throws Refused enrolment_store_not_yours
 */
export async function demandConsent(
  room: MembersRoom,
  ctx: Ctx,
  { ownerOrg = ctx.org, merchantOrg = ctx.org }: Enrolment,
): Promise<Consent> {
  const { principal } = ctx;
  if (principal.kind === 'system' && principal.id !== 'nobody') return 'given';
  const { org } = (await room.orgs.get(principal.org)).value;
  if (org.kind === 'operator' && org.status === 'active') return 'given';
  must(principal.org === merchantOrg, storeNotYours);
  return principal.org === ownerOrg ? 'given' : 'invitation';
}

/**
 * Lets a store serve a programme, by the consent of the programme's owner and of the store's merchant;
 * written into the book of the merchant. Once more only changes the priority.
 * @throws Refused enrolment_store_not_yours, programme_owner_only, programme_unknown,
 * enrolment_store_unknown
 */
export async function enrolStore(room: MembersRoom, ctx: Ctx, wanted: Enrolment): Promise<void> {
  const consent = await demandConsent(room, ctx, wanted);
  await room.db.transact([ctx.org], (tx) => enrolStoreIn(tx, ctx, wanted, consent));
}

/** `enrolStore` inside a transaction of `ctx.org`, with what `demandConsent` said. */
export async function enrolStoreIn(
  tx: Tx,
  ctx: Ctx,
  wanted: Enrolment,
  consent: Consent,
): Promise<void> {
  const { programmeId, storeId, ownerOrg = ctx.org, merchantOrg = ctx.org, priority = 0 } = wanted;
  await openBooks(tx, [ctx.org, ownerOrg, merchantOrg]);
  if (consent === 'invitation')
    must(await isInvited(tx, ownerOrg, { programmeId, merchantOrg }), ownerOnly);
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
  if (merchantOrg !== ownerOrg) await nameServer(tx, { programmeId, ownerOrg, merchantOrg });
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

/** In the owner's book, who so knows in whose books its members' sales stand. */
async function nameServer(
  tx: Tx,
  serving: {
    readonly programmeId: string;
    readonly ownerOrg: number;
    readonly merchantOrg: number;
  },
): Promise<void> {
  await tx.execute(
    `insert into members.server (org_id, programme_id, merchant_org) values ($1, $2, $3)
     on conflict do nothing`,
    [serving.ownerOrg, serving.programmeId, serving.merchantOrg],
  );
}

const FOREIGN_KEY = '23503';

function refuseMissingStore(error: Error & { code?: string }): never {
  if (error.code === FOREIGN_KEY) throw new Refused(storeNotThere());
  throw error;
}
