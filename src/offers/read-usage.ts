import { texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Usage } from './engine/facts.ts';

/** What counters hold, read without a lock: for a quote. A counter that was never used is left out. */
export async function readUsage(
  tx: Tx,
  org: number,
  counters: readonly string[],
): Promise<Record<string, Usage>> {
  if (counters.length === 0) return {};
  const rows = await tx.query<Usage & { counter: string }>(
    'select counter, count, amount from offers.usage where org_id = $1 and counter = any($2::text[])',
    [org, texts(counters)],
  );
  return Object.fromEntries(rows.map(({ counter, count, amount }) => [counter, { count, amount }]));
}
