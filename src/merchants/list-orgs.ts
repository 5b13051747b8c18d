import { int8s } from '#platform/db/arrays';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Org, OrgKind } from './core.ts';
import { demandOperator } from './demand-operator.ts';
import { ORG_COLUMNS, findOrg, type OrgRow, orgOfRow } from './org-rows.ts';

/** Orgs above the number `after`, by number. @throws Refused operator_only */
export function listOrgs(
  db: Database,
  ctx: Ctx,
  asked: { after?: number | undefined; limit: number; kind?: OrgKind | undefined },
): Promise<Org[]> {
  return db.read([ctx.org], async (tx) => {
    await demandOperator(tx, ctx);
    const rows = await tx.query<OrgRow>(
      `select ${ORG_COLUMNS} from merchants.org
       where org_id > $1 and ($2::text is null or kind = $2) order by org_id limit $3`,
      [asked.after ?? 0, asked.kind ?? null, asked.limit],
    );
    return rows.map(orgOfRow);
  });
}

/** Every org by number, asked by the product itself: for maintenance, not for requests. */
export function allOrgs(db: Database): Promise<Org[]> {
  return db.read([], async (tx) => {
    const rows = await tx.query<OrgRow>(`select ${ORG_COLUMNS} from merchants.org order by org_id`);
    return rows.map(orgOfRow);
  });
}

export function orgByCode(db: Database, code: string): Promise<Org | undefined> {
  return db.read([], async (tx) => {
    const [row] = await tx.query<OrgRow>(
      `select ${ORG_COLUMNS} from merchants.org where code = $1`,
      [code],
    );
    return row && orgOfRow(row);
  });
}

export function orgByNumber(db: Database, id: number): Promise<Org | undefined> {
  return db.read([], (tx) => findOrg(tx, id));
}

/** Those of the numbers that stand in the register. */
export function knownOrgs(db: Database, ids: readonly number[]): Promise<ReadonlySet<number>> {
  return db.read([], async (tx) => {
    const rows = await tx.query<{ org_id: number }>(
      'select org_id from merchants.org where org_id = any($1::bigint[])',
      [int8s(ids)],
    );
    return new Set(rows.map((row) => row.org_id));
  });
}
