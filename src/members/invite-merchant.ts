import { Refused } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { readProgramme } from './read-programme.ts';
import { merchantNotThere } from './refusals.ts';

export interface Invitation {
  readonly programmeId: string;
  /** The org whose stores may serve the programme, once it enrols them itself. */
  readonly merchantOrg: number;
}

/**
 * Lets a merchant enrol stores of its own in a programme of `ctx.org`. Idempotent.
 * @throws Refused programme_unknown, invitation_merchant_unknown
 */
export async function inviteMerchant(tx: Tx, ctx: Ctx, invitation: Invitation): Promise<void> {
  const { programmeId, merchantOrg } = invitation;
  await readProgramme(tx, ctx.org, programmeId);
  const inserted = await tx
    .execute(
      `insert into members.invitation (org_id, programme_id, merchant_org, invited_at)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [ctx.org, programmeId, merchantOrg, ctx.now],
    )
    .catch(refuseMissingMerchant);
  if (inserted === 0) return;
  await audit(tx, ctx, {
    verb: 'members.invite-merchant',
    subject: `programme:${programmeId}`,
    after: { merchant_org: merchantOrg },
  });
}

/** Whether the owner, whose book `tx` can see, lets the merchant serve the programme. */
export async function isInvited(tx: Tx, owner: number, invitation: Invitation): Promise<boolean> {
  const rows = await tx.query(
    'select from members.invitation where org_id = $1 and programme_id = $2 and merchant_org = $3',
    [owner, invitation.programmeId, invitation.merchantOrg],
  );
  return rows.length > 0;
}

/** Whether the org has invited another merchant to serve a programme. */
export function hasGuests(db: Database, org: number): Promise<boolean> {
  return db.read([org], async (tx) => {
    const sql = 'select from members.invitation where org_id = $1 and merchant_org <> $1 limit 1';
    return (await tx.query(sql, [org])).length > 0;
  });
}

const FOREIGN_KEY = '23503';

function refuseMissingMerchant(error: Error & { code?: string }): never {
  if (error.code === FOREIGN_KEY) throw new Refused(merchantNotThere());
  throw error;
}
