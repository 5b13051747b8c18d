import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { orgsSetting, type Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import type { Org } from './core.ts';
import { demandOperator } from './demand-operator.ts';
import { readOrg } from './org-rows.ts';

/**
 * Gives an org a merchant category code, or none, inside a transaction of the operator.
 * @throws Refused operator_only, org_unknown
 */
export async function changeOrgIn(
  tx: Tx,
  ctx: Ctx,
  id: number,
  { mcc }: Pick<Org, 'mcc'>,
): Promise<Org> {
  await demandOperator(tx, ctx);
  const before = await readOrg(tx, id);
  const after = { ...before, mcc };
  if (before.mcc === mcc) return before;
  await tx.execute(orgsSetting([ctx.org, id]));
  await tx.execute('update merchants.org set mcc = $2 where org_id = $1', [id, mcc]);
  await bumpSnapshot(tx, id, 'org');
  await audit(tx, ctx, { verb: 'merchants.change-org', subject: `org:${id}`, before, after });
  return after;
}
