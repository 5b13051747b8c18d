import { Refused } from '#kernel/refusal';
import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import type { PolicyDefinition } from './policy-set.ts';
import { policySetUnknown } from './refusals.ts';

export type PolicyStatus = 'proposed' | 'published' | 'rejected';

/** One version of the platform's rules for offers; what was proposed never changes. */
export interface PolicySet {
  readonly version: number;
  readonly status: PolicyStatus;
  readonly definition: PolicyDefinition;
  /** Principals, as "staff:<id>". */
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

const COLUMNS = `version, status, definition, proposed_by as "proposedBy", proposed_at as "proposedAt",
  decided_by as "decidedBy", decided_at as "decidedAt", reason`;

/** @throws Refused policy_set_unknown */
export async function readPolicySet(
  tx: Tx,
  version: number,
  lock: 'for update' | '' = '',
): Promise<PolicySet> {
  const [row] = await tx.query<PolicySet>(
    `select ${COLUMNS} from offers.policy_set where version = $1 ${lock}`,
    [version],
  );
  if (!row) throw new Refused(policySetUnknown(version));
  return row;
}

/** Versions below `before`, the newest first. */
export function listPolicySets(
  tx: Tx,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<PolicySet[]> {
  return tx.query<PolicySet>(
    `select ${COLUMNS} from offers.policy_set
      where $1::int is null or version < $1 order by version desc limit $2`,
    [before ?? null, limit],
  );
}

/** The published set that is in force on a day: the one that took effect last, of several the newest. */
export async function policyOn(tx: Tx, day: Day): Promise<PolicySet | null> {
  const [row] = await tx.query<PolicySet>(
    `select ${COLUMNS} from offers.policy_set
      where status = 'published' and effective_from <= $1
      order by effective_from desc, version desc limit 1`,
    [day],
  );
  return row ?? null;
}
