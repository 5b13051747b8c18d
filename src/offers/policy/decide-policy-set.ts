import { must } from '#kernel/refusal';
import { demandOperator } from '#merchants';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { demandSecondPerson } from '../second-person.ts';
import { type PolicySet, readPolicySet } from './policy-rows.ts';
import { policySetDecided } from './refusals.ts';

/**
 * A second person of the operator puts a proposed set into force from its day on.
 * @throws Refused operator_only, policy_set_unknown, policy_set_decided, approval_needs_person,
 * approval_same_person
 */
export function approvePolicySet(tx: Tx, ctx: Ctx, version: number): Promise<PolicySet> {
  return decide(tx, ctx, version, { status: 'published', reason: null });
}

/** A second person turns a proposed set down, for good. @throws Refused as `approvePolicySet` */
export function rejectPolicySet(
  tx: Tx,
  ctx: Ctx,
  version: number,
  reason: string,
): Promise<PolicySet> {
  return decide(tx, ctx, version, { status: 'rejected', reason });
}

async function decide(
  tx: Tx,
  ctx: Ctx,
  version: number,
  { status, reason }: Pick<PolicySet, 'status' | 'reason'>,
): Promise<PolicySet> {
  await demandOperator(tx, ctx);
  const before = await readPolicySet(tx, version, 'for update');
  must(before.status === 'proposed', () => policySetDecided(version, before.status));
  demandSecondPerson(ctx, [before.proposedBy]);
  const decided = { status, reason, decidedBy: actorOf(ctx.principal), decidedAt: ctx.now };
  await tx.execute(
    `update offers.policy_set set status = $2, reason = $3, decided_by = $4, decided_at = $5
      where version = $1`,
    [version, status, reason, decided.decidedBy, decided.decidedAt],
  );
  const verb = status === 'published' ? 'approve' : 'reject';
  await audit(tx, ctx, {
    verb: `offers.${verb}-policy-set`,
    subject: `policy-set:${version}`,
    before: { status: before.status },
    after: decided,
  });
  return { ...before, ...decided };
}
