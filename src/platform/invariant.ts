import type { Text } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';

/** What must hold over the books, and the SQL that finds where it does not. */
export interface Invariant {
  /** As in ARCHITECTURE.md: "I3". */
  readonly id: string;
  readonly says: Text;
  /** It holds over all books taken together; of some of them it says nothing. */
  readonly overAllBooks?: true;
  /** The rows that break it; none if it holds. All invariants of a proof look at one snapshot. */
  readonly breaches: (tx: Tx, orgs: readonly number[]) => Promise<readonly unknown[]>;
}

/** An invariant whose breaches are the rows of one statement; `$1` is the orgs. */
export function invariant(id: string, zh: string, en: string, sql: string): Invariant {
  return { id, says: { zh, en }, breaches: (tx, orgs) => tx.query(sql, [orgs]) };
}
