import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { demandWithin } from './grant.ts';
import { scopesOfRole } from './permissions.ts';
import { staffIsYou, staffUnknown } from './refusals.ts';
import { STAFF_COLUMNS, staffShown } from './staff.ts';
import type { Staff, StaffRow } from './staff.ts';

/**
 * Disables a member of staff and revokes their sessions; twice changes nothing. Forget their bearer after
 * the commit.
 * @throws Refused staff_unknown, staff_is_you, grant_beyond_yours
 */
export async function disableStaff(tx: Tx, ctx: Ctx, staffId: string): Promise<Staff> {
  must(staffId !== ctx.principal.id, staffIsYou);
  const [before] = await tx.query<StaffRow>(
    `select ${STAFF_COLUMNS} from access.staff where org_id = $1 and staff_id = $2 for update`,
    [ctx.org, staffId],
  );
  must(before, staffUnknown);
  demandWithin(ctx.principal, scopesOfRole(before.role), before.stores);
  if (before.status === 'disabled') return staffShown(before);
  await tx.execute(
    `update access.staff set status = 'disabled', disabled_at = $3 where org_id = $1 and staff_id = $2`,
    [ctx.org, staffId, ctx.now],
  );
  const sessions = await tx.execute(
    'update access.session set revoked_at = $3 where org_id = $1 and staff_id = $2 and revoked_at is null',
    [ctx.org, staffId, ctx.now],
  );
  await audit(tx, ctx, {
    verb: 'access.disable-staff',
    subject: `staff:${staffId}`,
    before: { status: before.status },
    after: { status: 'disabled', sessions_revoked: sessions },
  });
  return staffShown({ ...before, status: 'disabled' });
}
