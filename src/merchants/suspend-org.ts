import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import type { Org } from './core.ts';
import { demandOperator } from './demand-operator.ts';
import { readOrg } from './org-rows.ts';

/** Stops an org: no new store, and whoever reads its facts refuses its sales. Idempotent. */
export function suspendOrg(db: Database, ctx: Ctx, id: number): Promise<Org> {
  return setStatus(db, ctx, id, 'suspended');
}

/** Lets a suspended org work again. Idempotent. */
export function resumeOrg(db: Database, ctx: Ctx, id: number): Promise<Org> {
  return setStatus(db, ctx, id, 'active');
}

function setStatus(db: Database, ctx: Ctx, id: number, status: Org['status']): Promise<Org> {
  return db.transact([ctx.org, id], async (tx) => {
    await demandOperator(tx, ctx);
    const before = await readOrg(tx, id);
    const changed = await tx.execute(
      'update merchants.org set status = $2 where org_id = $1 and status <> $2',
      [id, status],
    );
    const after = { ...before, status };
    if (changed === 0) return after;
    await bumpSnapshot(tx, id, 'org');
    const verb = status === 'active' ? 'merchants.resume-org' : 'merchants.suspend-org';
    await audit(tx, ctx, { verb, subject: `org:${id}`, before, after });
    return after;
  });
}
