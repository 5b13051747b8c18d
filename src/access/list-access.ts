import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { decodeCursor, page } from '#platform/http/page';
import { KEY_COLUMNS, keyShown } from './api-key.ts';
import type { KeyRow } from './api-key.ts';
import { STAFF_COLUMNS, staffShown } from './staff.ts';
import type { StaffRow } from './staff.ts';

export interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of staff, oldest first. @throws Refused cursor_malformed */
export async function listStaff(db: Database, ctx: Ctx, { limit, cursor }: Asked) {
  const list = `staff:${ctx.org}`;
  const [after = null] = decodeCursor(list, cursor) ?? [];
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<StaffRow>(
      `select ${STAFF_COLUMNS} from access.staff
       where org_id = $1 and ($2::uuid is null or staff_id > $2) order by staff_id limit $3`,
      [ctx.org, after, limit + 1],
    ),
  );
  return page(rows.map(staffShown), limit, list, (staff) => [staff.staff_id]);
}

/** A page of API keys, oldest first, revoked ones included. @throws Refused cursor_malformed */
export async function listApiKeys(db: Database, ctx: Ctx, { limit, cursor }: Asked) {
  const list = `api-keys:${ctx.org}`;
  const [after = null] = decodeCursor(list, cursor) ?? [];
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<KeyRow>(
      `select ${KEY_COLUMNS} from access.api_key
       where org_id = $1 and ($2::uuid is null or key_id > $2) order by key_id limit $3`,
      [ctx.org, after, limit + 1],
    ),
  );
  return page(rows.map(keyShown), limit, list, (key) => [key.key_id]);
}
