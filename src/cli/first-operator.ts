import { createStaff, hashPassword } from '#access';
import { allOrgs, createOrgIn } from '#merchants';
import type { Text } from '#kernel/refusal';
import { realNow } from '#platform/clock';
import type { App } from '../app.ts';
import { systemCtx } from './system-ctx.ts';
import { keepLogins, newPassword } from './town/logins.ts';

export interface WantedOperator {
  readonly code: string;
  readonly name: Text;
}

const OPERATOR_ORG = 1;
const LOGIN = 'admin';

/**
 * In a database without any org, enters the operator into the register with one person who may do
 * everything, and keeps their login and new password in DATA_DIR/logins.txt.
 * @returns false where there is an org
 */
export async function foundOperator(
  app: App,
  { code, name }: WantedOperator,
  dataDir: string,
): Promise<boolean> {
  if ((await allOrgs(app.db)).length > 0) return false;
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const ctx = systemCtx(OPERATOR_ORG, 'first-start', realNow());
  await app.db.transact([OPERATOR_ORG], async (tx) => {
    await createOrgIn(tx, ctx, { id: OPERATOR_ORG, code, name, kind: 'operator' });
    const staff = { login: LOGIN, name: name.zh, role: 'operator_admin', stores: null } as const;
    await createStaff(tx, ctx, { ...staff, passwordHash });
    // Before the commit: an operator whose password nobody has could never be entered again.
    keepLogins(dataDir, password, [{ code, name, staff: [staff] }]);
  });
  return true;
}
