import type { Database, Tx } from '#platform/db/transact';
import { digestOf, NO_ROW, type SealSource } from './source.ts';

/** The most rows of one block. */
export const BLOCK_ROWS_MAX = 10_000;

interface Head {
  seq: number;
  upto: string;
  hash: Buffer;
}

/** The lowest UUIDv7 of an instant. */
export function lowestId(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/**
 * Seals one block of rows above the last block and below `below`. The order of ids is not the order of
 * commits: `below` must be older than any write that can still commit.
 * @returns how many rows were sealed; 0 also if another process is sealing this org.
 */
export function sealBlock(
  db: Database,
  org: number,
  source: SealSource,
  below: string,
): Promise<number> {
  return db.transact([org], async (tx) => {
    await tx.execute('set transaction isolation level repeatable read');
    const [lock] = await tx.query<{ got: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('seal', $1)) got",
      [org],
    );
    if (!lock?.got) return 0;
    const head = await headOf(tx, org, source);
    const block = await insertBlock(tx, org, source, head, below);
    if (!block) return 0;
    await source.sealed?.(tx, org, head.upto, block.upto);
    return block.rows;
  });
}

async function headOf(tx: Tx, org: number, { source }: SealSource): Promise<Head> {
  const [head] = await tx.query<Head>(
    'select seq, upto, hash from platform.chain where org_id = $1 and source = $2 order by seq desc limit 1',
    [org, source],
  );
  return head ?? { seq: 0, upto: NO_ROW, hash: Buffer.alloc(32) };
}

async function insertBlock(tx: Tx, org: number, source: SealSource, head: Head, below: string) {
  const { table, key } = source;
  const [block] = await tx.query<{ upto: string; rows: number }>(
    `with digested as (
       select r.${key} id, ${digestOf(source)} digest from ${table} r
        where r.org_id = $1 and r.${key} > $3 and r.${key} < $4 order by r.${key} limit $5)
     insert into platform.chain (org_id, source, seq, upto, rows, prev, hash, marks)
     select $1, $2, $6::bigint + 1, (array_agg(id order by id desc))[1], count(*), $7::bytea,
            sha256($7::bytea || string_agg(digest, ''::bytea order by id)),
            string_agg(substr(digest, 1, 8), ''::bytea order by id)
       from digested having count(*) > 0
     returning upto, rows`,
    [org, source.source, head.upto, below, BLOCK_ROWS_MAX, head.seq, head.hash],
  );
  return block;
}
