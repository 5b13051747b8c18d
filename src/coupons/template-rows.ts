import type { Day } from '#kernel/day';
import { Refused } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';
import type { Template, Term, UsableFrom } from './coupon.ts';
import { templateUnknown } from './refusals.ts';

export interface TermRow {
  readonly valid_from: Day | null;
  readonly valid_to: Day | null;
  readonly days: number | null;
  readonly usable_from: UsableFrom;
}

export interface TemplateRow extends TermRow {
  readonly template_id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly quantity: number | null;
  readonly per_member: number | null;
  readonly status: Template['status'];
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const TEMPLATE_COLUMNS =
  'template_id, code, name_zh, name_en, valid_from, valid_to, days, usable_from, quantity, per_member, status, created_at, updated_at';

export function termOfRow({ valid_from: from, valid_to: to, days, usable_from }: TermRow): Term {
  if (days !== null) return { validity: { type: 'rolling', days }, usableFrom: usable_from };
  if (from === null || to === null) throw new Error('a template without validity');
  return { validity: { type: 'fixed', from, to }, usableFrom: usable_from };
}

export function templateOfRow(row: TemplateRow): Template {
  return {
    ...termOfRow(row),
    id: row.template_id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    quantity: row.quantity,
    perMember: row.per_member,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A template of an org by its code. @throws Refused coupon_template_unknown */
export async function readTemplate(tx: Tx, org: number, code: string): Promise<Template> {
  return templateFound(tx, org, code, '');
}

/** Locks a template for a change. @throws Refused coupon_template_unknown */
export function lockTemplate(tx: Tx, org: number, code: string): Promise<Template> {
  return templateFound(tx, org, code, 'for update');
}

async function templateFound(
  tx: Tx,
  org: number,
  code: string,
  lock: '' | 'for update',
): Promise<Template> {
  const [row] = await tx.query<TemplateRow>(
    `select ${TEMPLATE_COLUMNS} from coupons.template where org_id = $1 and code = $2 ${lock}`,
    [org, code],
  );
  if (!row) throw new Refused(templateUnknown(code));
  return templateOfRow(row);
}
