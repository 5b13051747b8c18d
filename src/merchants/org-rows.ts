import { Refused } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';
import type { Org, OrgKind } from './core.ts';
import { orgUnknown } from './refusals.ts';

export const ORG_COLUMNS =
  'org_id, code, name_zh, name_en, kind, parent_id, zone, currency, sandbox, status, mcc, created_at';

export interface OrgRow {
  readonly org_id: number;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly kind: OrgKind;
  readonly parent_id: number | null;
  readonly zone: string;
  readonly currency: 'CNY';
  readonly sandbox: boolean;
  readonly status: Org['status'];
  readonly mcc: string | null;
  readonly created_at: Date;
}

export function orgOfRow(row: OrgRow): Org {
  return {
    id: row.org_id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    parentId: row.parent_id,
    zone: row.zone,
    currency: row.currency,
    sandbox: row.sandbox,
    status: row.status,
    mcc: row.mcc,
    createdAt: row.created_at,
  };
}

export async function findOrg(tx: Tx, id: number): Promise<Org | undefined> {
  const [row] = await tx.query<OrgRow>(
    `select ${ORG_COLUMNS} from merchants.org where org_id = $1`,
    [id],
  );
  return row && orgOfRow(row);
}

/** @throws Refused org_unknown */
export async function readOrg(tx: Tx, id: number): Promise<Org> {
  const org = await findOrg(tx, id);
  if (!org) throw new Refused(orgUnknown(id));
  return org;
}

const USUAL_ZONE = 'Asia/Shanghai';

/** The zone of an org's business days, inside a transaction; the usual one outside the register. */
export async function zoneOfOrg(tx: Tx, id: number): Promise<string> {
  const [row] = await tx.query<{ zone: string }>(
    'select zone from merchants.org where org_id = $1',
    [id],
  );
  return row?.zone ?? USUAL_ZONE;
}
