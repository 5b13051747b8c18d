import type { Tx } from '#platform/db/transact';

/** Rows that are sealed into a chain, given as data by the room that owns them. */
export interface SealSource {
  /** Names the chain: "journal". */
  readonly source: string;
  readonly table: string;
  /** The column of the rows' UUIDv7. */
  readonly key: string;
  /**
   * SQL of a text that no other content of row `r` can have, the same under every session setting.
   * It may never change for rows that are sealed.
   */
  readonly canonical: string;
  /** Runs in the transaction and on the snapshot of the seal, for the rows above `after` up to `upto`. */
  readonly sealed?: (tx: Tx, org: number, after: string, upto: string) => Promise<void>;
}

export const NO_ROW = '00000000-0000-0000-0000-000000000000';

/** SQL of a row's digest. */
export function digestOf({ canonical }: SealSource): string {
  return `sha256(convert_to(${canonical}, 'UTF8'))`;
}

/** The records of changes that are not journals. */
export const auditSource: SealSource = {
  source: 'audit',
  table: 'platform.audit',
  key: 'audit_id',
  canonical: `jsonb_build_array(r.audit_id, extract(epoch from r.at), extract(epoch from r.booked_at), r.principal,
    r.verb, r.subject, r.before, r.after, r.request_id)::text`,
};
