import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { snapshots, type SnapshotSource } from '#platform/snapshot';
import type { Template } from './coupon.ts';
import { TEMPLATE_COLUMNS, templateOfRow, type TemplateRow } from './template-rows.ts';

/** Kind of the snapshot of an org's templates. */
export const TEMPLATES = 'coupon-templates';

export type TemplatesByCode = ReadonlyMap<string, Template>;

/** An org's templates by code, stopped ones too, from memory: a hot write names the snapshot it used. */
export function templateSnapshots(db: Database): SnapshotSource<TemplatesByCode> {
  return snapshots(db, TEMPLATES, async (tx, org) => {
    const rows = await tx.query<TemplateRow>(
      `select ${TEMPLATE_COLUMNS} from coupons.template where org_id = $1`,
      [org],
    );
    return new Map(rows.map((row) => [row.code, templateOfRow(row)]));
  });
}

/** Templates of `ctx.org` by code, beginning behind the code `after`. */
export function listTemplates(
  db: Database,
  ctx: Ctx,
  asked: {
    readonly after?: string | undefined;
    readonly limit: number;
    readonly status?: Template['status'] | undefined;
  },
): Promise<Template[]> {
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<TemplateRow>(
      `select ${TEMPLATE_COLUMNS} from coupons.template
        where org_id = $1 and code > $2 and ($3::text is null or status = $3) order by code limit $4`,
      [ctx.org, asked.after ?? '', asked.status ?? null, asked.limit],
    );
    return rows.map(templateOfRow);
  });
}
