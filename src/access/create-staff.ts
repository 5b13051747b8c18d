import { newId } from '#kernel/ids';
import { Refused } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { demandWithin } from './grant.ts';
import { scopesOfRole } from './permissions.ts';
import type { Role } from './permissions.ts';
import { loginTaken } from './refusals.ts';
import { STAFF_COLUMNS, staffShown } from './staff.ts';
import type { Staff, StaffRow } from './staff.ts';

export interface NewStaff {
  /** Lower case, unique in the org. */
  readonly login: string;
  readonly name: string;
  /** From `hashPassword`, made before the transaction. */
  readonly passwordHash: string;
  readonly role: Role;
  /** null is all stores. */
  readonly stores: readonly string[] | null;
}

/** @throws Refused login_taken, grant_beyond_yours */
export async function createStaff(tx: Tx, ctx: Ctx, staff: NewStaff): Promise<Staff> {
  demandWithin(ctx.principal, scopesOfRole(staff.role), staff.stores);
  const [row] = await tx.query<StaffRow>(
    `insert into access.staff (org_id, staff_id, login, name, password, role, stores, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org_id, login) do nothing returning ${STAFF_COLUMNS}`,
    [
      ctx.org,
      newId(),
      staff.login,
      staff.name,
      staff.passwordHash,
      staff.role,
      staff.stores,
      ctx.now,
    ],
  );
  if (!row) throw new Refused(loginTaken(staff.login));
  const { login, name, role, stores } = row;
  await audit(tx, ctx, {
    verb: 'access.create-staff',
    subject: `staff:${row.staff_id}`,
    after: { login, name, role, stores },
  });
  return staffShown(row);
}
