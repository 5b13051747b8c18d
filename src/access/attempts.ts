import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';

const FAILED_MAX = 10;
const LOCK_MS = 15 * 60_000;
const KEPT_MS = 24 * 3_600_000;

/** Seconds for which a login is still locked; 0 if it is not. */
export async function lockedSeconds(
  tx: Tx,
  org: number,
  login: string,
  now: Date,
): Promise<number> {
  const [row] = await tx.query<{ locked_until: Date | null }>(
    'select locked_until from access.sign_in_attempt where org_id = $1 and login = $2',
    [org, login],
  );
  const leftMs = row?.locked_until ? row.locked_until.getTime() - now.getTime() : 0;
  return Math.max(0, Math.ceil(leftMs / 1000));
}

/** Counts a wrong password; the tenth within 15 minutes of the one before locks the login. An org without staff counts nothing. */
export async function countFailure(tx: Tx, ctx: Ctx, login: string): Promise<void> {
  const { org, now } = ctx;
  const quietSince = new Date(now.getTime() - LOCK_MS);
  const [row] = await tx.query<{ failed: number }>(
    `insert into access.sign_in_attempt as a (org_id, login, failed, last_failed_at)
     select $1::bigint, $2::text, 1, $3::timestamptz
     where exists (select from access.staff where org_id = $1)
     on conflict (org_id, login) do update
       set failed = case when a.last_failed_at < $4 then 1 else a.failed + 1 end, last_failed_at = $3
     returning failed`,
    [org, login, now, quietSince],
  );
  await tx.execute('delete from access.sign_in_attempt where org_id = $1 and last_failed_at < $2', [
    org,
    new Date(now.getTime() - KEPT_MS),
  ]);
  if (!row || row.failed < FAILED_MAX) return;
  const until = new Date(now.getTime() + LOCK_MS);
  await tx.execute(
    'update access.sign_in_attempt set locked_until = $3, failed = 0 where org_id = $1 and login = $2',
    [org, login, until],
  );
  await audit(tx, ctx, { verb: 'access.lock-login', subject: `login:${login}`, after: { until } });
}

export async function forgetFailures(tx: Tx, org: number, login: string): Promise<void> {
  await tx.execute('delete from access.sign_in_attempt where org_id = $1 and login = $2', [
    org,
    login,
  ]);
}
