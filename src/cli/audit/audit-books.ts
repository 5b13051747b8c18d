import type { Invariant } from '#platform/invariant';
import type { Day } from '#kernel/day';
import type { Locale } from '#kernel/refusal';
import { journalSource, ledgerInvariants } from '#ledger';
import { platformInvariants } from '#platform/breaches';
import type { Database } from '#platform/db/transact';
import { readAnchors } from '#platform/seal/anchors';
import { auditSource, type SealSource } from '#platform/seal/source';
import { auditExitCode, auditJson, auditTable, inOrder } from './print-audit.ts';
import { runAudit } from './run-audit.ts';

/** What is sealed into hash chains. */
export const sealSources: readonly SealSource[] = [journalSource, auditSource];

export interface BooksToAudit {
  readonly db: Database;
  readonly orgs: readonly number[];
  /** There are other orgs: what holds over all books together is left out, and that is said. */
  readonly someOnly?: boolean;
  /** The org's own day. */
  readonly today: (org: number) => Day;
  /** DATA_DIR/anchors.jsonl, or a copy of it kept elsewhere; it need not exist. */
  readonly anchorFile: string;
  /** What other rooms want to hold. */
  readonly more?: readonly Invariant[];
}

/** Proves everything that must hold of the books and says it in words, or as JSON. */
export async function auditBooks(
  books: BooksToAudit,
  { json, locale }: { readonly json: boolean; readonly locale: Locale },
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const { db, orgs, someOnly = false, today, anchorFile, more = [] } = books;
  const platform = platformInvariants(sealSources, await readAnchors(anchorFile));
  const known = inOrder([...ledgerInvariants(today), ...platform, ...more]);
  const invariants = known.filter(({ overAllBooks = false }) => !(someOnly && overAllBooks));
  const leftOut = known.filter((each) => !invariants.includes(each)).map(({ id }) => id);
  const results = await runAudit({ db, orgs, invariants });
  return {
    text: json ? auditJson(results, leftOut) : auditTable(results, locale, leftOut),
    exitCode: auditExitCode(results),
  };
}
