import { must, Refused, type Text } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { type Org, type OrgKind, zoneOf } from './core.ts';
import { demandOperator } from './demand-operator.ts';
import { findOrg } from './org-rows.ts';
import { operatorOnly, orgCodeTaken, orgNumberTaken, orgParentUnknown } from './refusals.ts';

export interface WantedOrg {
  readonly code: string;
  readonly name: Text;
  readonly kind: OrgKind;
  /** Default: the operator in whose name it is done, if there is one. */
  readonly parentId?: number | null | undefined;
  /** IANA; default Asia/Shanghai. */
  readonly zone?: string | undefined;
  readonly sandbox?: boolean | undefined;
  /** Four digits. */
  readonly mcc?: string | undefined;
  /** Its number; default: one above the highest in the register. */
  readonly id?: number | undefined;
}

const REGISTER_LOCK = 7_311_531;

/**
 * Enters an org into the register. Only the operator may; an operator itself is entered by the product.
 * @throws Refused operator_only, org_code_taken, org_number_taken, org_parent_unknown
 */
export function createOrg(db: Database, ctx: Ctx, wanted: WantedOrg): Promise<Org> {
  return db.transact([ctx.org], (tx) => createOrgIn(tx, ctx, wanted));
}

/** `createOrg` inside a transaction of `ctx.org`. */
export async function createOrgIn(tx: Tx, ctx: Ctx, wanted: WantedOrg): Promise<Org> {
  await demandOperator(tx, ctx);
  must(wanted.kind !== 'operator' || ctx.principal.kind === 'system', operatorOnly);
  await tx.query('select pg_advisory_xact_lock($1)', [REGISTER_LOCK]);
  await demandFree(tx, wanted);
  const org = await orgFrom(tx, ctx, wanted);
  await tx.execute(
    `insert into merchants.org
       (org_id, code, name_zh, name_en, kind, parent_id, zone, currency, sandbox, status, mcc, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      org.id,
      org.code,
      org.name.zh,
      org.name.en,
      org.kind,
      org.parentId,
      org.zone,
      org.currency,
      org.sandbox,
      org.status,
      org.mcc,
      org.createdAt,
    ],
  );
  await audit(tx, ctx, { verb: 'merchants.create-org', subject: `org:${org.id}`, after: org });
  return org;
}

async function demandFree(tx: Tx, { id, code }: WantedOrg): Promise<void> {
  const [taken] = await tx.query<{ code: string }>(
    'select code from merchants.org where code = $1 or org_id = $2 order by code = $1 desc limit 1',
    [code, id ?? null],
  );
  if (taken) throw new Refused(taken.code === code ? orgCodeTaken(code) : orgNumberTaken(id ?? 0));
}

async function orgFrom(tx: Tx, ctx: Ctx, wanted: WantedOrg): Promise<Org> {
  const zone = zoneOf(wanted.zone ?? 'Asia/Shanghai');
  if (!zone) throw new RangeError(`not an IANA zone: ${wanted.zone}`);
  return {
    id: wanted.id ?? (await nextNumber(tx)),
    code: wanted.code,
    name: wanted.name,
    kind: wanted.kind,
    parentId: await parentOf(tx, ctx, wanted),
    zone,
    currency: 'CNY',
    sandbox: wanted.sandbox ?? false,
    status: 'active',
    mcc: wanted.mcc ?? null,
    createdAt: ctx.now,
  };
}

async function nextNumber(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ next: number }>(
    'select coalesce(max(org_id), 0) + 1 as next from merchants.org',
  );
  return (row as { next: number }).next;
}

async function parentOf(tx: Tx, ctx: Ctx, { kind, parentId }: WantedOrg): Promise<number | null> {
  if (kind === 'operator' || parentId === null) return null;
  const parent = await findOrg(tx, parentId ?? ctx.org);
  if (parentId === undefined) return parent?.kind === 'operator' ? parent.id : null;
  must(parent, () => orgParentUnknown(parentId));
  return parentId;
}
