import { dayOf } from '#kernel/day';
import { type FieldFault, Refused } from '#kernel/refusal';
import { demandOperator } from '#merchants';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import type { PolicySet } from './policy-rows.ts';
import { parsePolicy } from './policy-set.ts';
import { policySetIllegal } from './refusals.ts';

/**
 * Proposes the next version of the platform's rules for offers. It binds nobody until a second person
 * approves it.
 * @throws Refused operator_only, policy_set_illegal with a pointer per field
 */
export async function proposePolicySet(
  tx: Tx,
  ctx: Ctx,
  zone: string,
  input: unknown,
): Promise<PolicySet> {
  await demandOperator(tx, ctx);
  const parsed = parsePolicy(input);
  if ('faults' in parsed) throw new Refused(policySetIllegal(parsed.faults));
  const { definition } = parsed;
  const past = pastFault(definition.effective_from, dayOf(ctx.now, zone));
  if (past) throw new Refused(policySetIllegal([past]));
  // Versions are numbered one after the other.
  await tx.execute('lock table offers.policy_set in share row exclusive mode');
  const [row] = await tx.query<{ version: number }>(
    `insert into offers.policy_set
       (version, status, effective_from, definition, proposed_by, proposed_at)
     select coalesce(max(version), 0) + 1, 'proposed', $1::date, $2, $3, $4 from offers.policy_set
     returning version`,
    [definition.effective_from, JSON.stringify(definition), actorOf(ctx.principal), ctx.now],
  );
  const { version } = row as { version: number };
  await audit(tx, ctx, {
    verb: 'offers.propose-policy-set',
    subject: `policy-set:${version}`,
    after: definition,
  });
  return {
    version,
    status: 'proposed',
    definition,
    proposedBy: actorOf(ctx.principal),
    proposedAt: ctx.now,
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
}

function pastFault(from: string, today: string): FieldFault | null {
  if (from >= today) return null;
  return {
    pointer: '/effective_from',
    detail: {
      zh: `规则不溯及既往：须不早于今天 ${today}`,
      en: `rules do not reach back: must not be before today, ${today}`,
    },
  };
}
