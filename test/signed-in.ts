import { createStaff, hashPassword, type Role } from '#access';
import type { Stage } from './stage.ts';

const PASSWORD = 'two pairs of eyes';

/** Signs a new member of staff in. @param code of the org */
export async function signedIn(
  stage: Stage,
  { org, code, login, role }: { org: number; code: string; login: string; role: Role },
): Promise<string> {
  const passwordHash = await hashPassword(PASSWORD);
  const staff = { login, name: login, passwordHash, role, stores: null };
  await stage.db.transact([org], (tx) => createStaff(tx, stage.system(org), staff));
  const body = { org: code, login, password: PASSWORD };
  const reply = await stage.send('', 'POST', '/v1/session', body);
  if (reply.statusCode !== 201) throw new Error(reply.body);
  return reply.json<{ token: string }>().token;
}
