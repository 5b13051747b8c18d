import { Refused } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx, Principal } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { countFailure, forgetFailures, lockedSeconds } from './attempts.ts';
import { passwordHolds } from './password.ts';
import { scopesOfRole } from './permissions.ts';
import { signInFailed, signInLocked } from './refusals.ts';
import type { AccessRoom } from './room.ts';
import { spanOf } from './session.ts';
import { hashOfToken, newToken } from './token.ts';

export interface SignedIn {
  readonly token: string;
  readonly expires: Date;
  readonly principal: Principal;
}

interface StaffRow {
  staff_id: string;
  name: string;
  role: string;
  stores: string[] | null;
  password: string;
}

/**
 * Opens a session. Every failure takes the time of one password check and says the same.
 * @param asked `org` is a merchant's code, or the number of an org.
 * @throws Refused sign_in_failed, sign_in_locked
 */
export async function signIn(
  room: AccessRoom,
  ctx: Ctx,
  asked: { org: string; login: string; password: string },
): Promise<SignedIn> {
  const now = room.now();
  const org = await orgOf(room, asked.org);
  if (org === null) {
    await passwordHolds(undefined, asked.password);
    throw new Refused(signInFailed());
  }
  const { staff, locked } = await room.db.read([org], async (tx) => ({
    staff: await staffBy(tx, org, asked.login),
    locked: await lockedSeconds(tx, org, asked.login, now),
  }));
  if (locked > 0) throw new Refused(signInLocked(locked));
  const holds = await passwordHolds(staff?.password, asked.password);
  const inOrg: Ctx = { ...ctx, org, now };
  if (!holds || !staff) {
    await room.db.transact([org], (tx) => countFailure(tx, inOrg, asked.login));
    throw new Refused(signInFailed());
  }
  return room.db.transact([org], (tx) => openSession(tx, inOrg, staff, asked.login));
}

async function openSession(tx: Tx, ctx: Ctx, staff: StaffRow, login: string): Promise<SignedIn> {
  const token = newToken('staff', ctx.org);
  const { expires, ends } = spanOf(ctx.now);
  const opened = await tx.execute(
    `insert into access.session (org_id, token_hash, staff_id, created_at, expires_at, ends_at)
     select org_id, $2, staff_id, $3, $4, $5 from access.staff
     where org_id = $1 and staff_id = $6 and status = 'active' for share`,
    [ctx.org, hashOfToken(token), ctx.now, expires, ends, staff.staff_id],
  );
  if (opened === 0) throw new Refused(signInFailed());
  await forgetFailures(tx, ctx.org, login);
  await tx.execute('delete from access.session where org_id = $1 and ends_at < $2', [
    ctx.org,
    ctx.now,
  ]);
  const principal: Principal = {
    kind: 'staff',
    id: staff.staff_id,
    name: staff.name,
    org: ctx.org,
    scopes: scopesOfRole(staff.role),
    stores: staff.stores === null ? 'all' : new Set(staff.stores),
  };
  await audit(
    tx,
    { ...ctx, principal },
    { verb: 'access.sign-in', subject: `staff:${staff.staff_id}` },
  );
  return { token, expires, principal };
}

async function orgOf(room: AccessRoom, org: string): Promise<number | null> {
  if (!/^\d+$/.test(org)) return room.orgByCode(org);
  const number = Number(org);
  return Number.isSafeInteger(number) ? number : null;
}

async function staffBy(tx: Tx, org: number, login: string): Promise<StaffRow | undefined> {
  const [row] = await tx.query<StaffRow>(
    `select staff_id, name, role, stores, password from access.staff
     where org_id = $1 and login = $2 and status = 'active'`,
    [org, login],
  );
  return row;
}
