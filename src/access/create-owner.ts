import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { createStaff, type NewStaff } from './create-staff.ts';
import { ownerThere } from './refusals.ts';
import type { Staff } from './staff.ts';

const OWNERS_LOCK = 7_311_532;

/**
 * The first owner of the org of `ctx`, made by somebody of another org; also a new one after the last was
 * disabled. Who may do so is for the caller to know.
 * @throws Refused owner_there, login_taken, grant_beyond_yours
 */
export async function createOwner(
  tx: Tx,
  ctx: Ctx,
  owner: Omit<NewStaff, 'role' | 'stores'>,
): Promise<Staff> {
  await tx.query('select pg_advisory_xact_lock($1)', [OWNERS_LOCK]);
  const [there] = await tx.query(
    `select from access.staff
     where org_id = $1 and status = 'active' and role in ('owner', 'operator_admin') limit 1`,
    [ctx.org],
  );
  if (there) throw new Refused(ownerThere());
  return createStaff(tx, ctx, { ...owner, role: 'owner', stores: null });
}
