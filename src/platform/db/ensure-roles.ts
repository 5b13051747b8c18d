import type pg from 'pg';
import { StartFault } from '#platform/config';
import { named } from './connect-owner.ts';

/** From here on a membership says by itself whether the member may act as the role. */
const SET_OPTION = 160_000;

/**
 * Codes of what need not stop us: denied, made or granted by another start at the same moment, not there.
 * Roles are the server's, so starts on several databases meet there.
 */
const BORNE = new Set(['42501', '42710', '23505', 'XX000', '42704']);

/**
 * Sees to it that the roles exist and that the connected user may act as them. Who made a role on
 * PostgreSQL 16 or later may grant it, but may not act as it before it has.
 * @param roles plain lower-case names. @throws StartFault that says what a superuser must run.
 */
export async function ensureRoles(client: pg.Client, roles: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ number: number; user: string }>(
    `select current_setting('server_version_num')::int as number, current_user::text as user`,
  );
  const { number, user } = rows[0] as (typeof rows)[0];
  const [how, option] = number >= SET_OPTION ? ['set', ' with set true'] : ['member', ''];
  const undone: string[] = [];
  const foreign: string[] = [];
  for (const role of roles) {
    if (!(await exists(client, role)))
      await tried(client, `create role ${role} nologin nosuperuser nobypassrls`);
    if (!(await exists(client, role))) undone.push(`CREATE ROLE ${role} NOLOGIN;`);
    for (let left = 3; left > 0 && !(await actsAs(client, role, how)); left--)
      await tried(client, `grant ${role} to current_user${option}`);
    if (!(await actsAs(client, role, how))) foreign.push(role);
  }
  if (foreign.length === 0) return;
  undone.push(`GRANT ${foreign.join(', ')} TO ${named(user)};`);
  throw new StartFault(
    `DATABASE_URL: the user ${user} may not act as ${foreign.join(' and ')}, as which the product works. ` +
      `Let a superuser of the server run: ${undone.join(' ')}`,
  );
}

async function exists(client: pg.Client, role: string): Promise<boolean> {
  return (await client.query('select from pg_roles where rolname = $1', [role])).rowCount === 1;
}

async function actsAs(client: pg.Client, role: string, how: string): Promise<boolean> {
  const { rows } = await client.query<{ can: boolean }>(
    `select coalesce(pg_has_role(current_user, oid, $2), false) as can from pg_roles where rolname = $1`,
    [role, how],
  );
  return rows[0]?.can ?? false;
}

async function tried(client: pg.Client, statement: string): Promise<void> {
  await client.query(statement).catch((error: { code?: string }) => {
    if (!BORNE.has(error.code ?? '')) throw error;
  });
}
