import { steadyMs } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import type { Invariant } from '#platform/invariant';

export interface AuditResult {
  readonly id: string;
  readonly says: Invariant['says'];
  readonly ok: boolean;
  /** At most 20 rows that break it. */
  readonly breaches: readonly unknown[];
  readonly ms: number;
}

export interface AuditSettings {
  readonly db: Database;
  readonly orgs: readonly number[];
  readonly invariants: readonly Invariant[];
}

const BREACHES_MAX = 20;

// A proof reads whole books. Where the server has no statistics yet, as after an import, it takes them for
// small and would go through one book for every row of another.
const SETTINGS = `set local statement_timeout = 0; set local work_mem = '128MB'; set local jit = off;
  set local enable_nestloop = off`;

/**
 * Proves the invariants over the books of `orgs`, all on one snapshot, so that it may run while sales go
 * on. Changes nothing.
 */
export function runAudit({ db, orgs, invariants }: AuditSettings): Promise<AuditResult[]> {
  return db.transact(orgs, async (tx) => {
    await tx.execute('set transaction isolation level repeatable read');
    await tx.execute(SETTINGS);
    const results: AuditResult[] = [];
    for (const { id, says, breaches } of invariants) {
      const began = steadyMs();
      const rows = await breaches(tx, orgs);
      const ms = Math.round(steadyMs() - began);
      results.push({ id, says, ok: rows.length === 0, breaches: rows.slice(0, BREACHES_MAX), ms });
    }
    return results;
  });
}
