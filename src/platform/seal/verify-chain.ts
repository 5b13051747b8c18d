import type { Tx } from '#platform/db/transact';
import type { Anchor } from './anchors.ts';
import { digestOf, NO_ROW, type SealSource } from './source.ts';

/** What is wrong with a chain: the first bad block and, where it can be told, the row. */
export interface ChainFault {
  readonly org: number;
  readonly source: string;
  readonly seq: number;
  /** `changed`, `missing` or `inserted` rows; a `block` that was itself altered; a tail `cut` off. */
  readonly what: 'changed' | 'missing' | 'inserted' | 'block' | 'cut';
  /** The row changed or inserted; for a missing one, the row before it. */
  readonly row?: string;
}

interface BadBlock {
  org: number;
  seq: number;
  after: string;
  upto: string;
  linked: boolean;
  marks: Buffer;
}

/**
 * Recomputes every block of a chain in several orgs from the rows, and compares it with anchors taken
 * earlier.
 * @returns the first fault of each org.
 */
export async function verifyChains(
  tx: Tx,
  orgs: readonly number[],
  source: SealSource,
  anchors: readonly Anchor[] = [],
): Promise<ChainFault[]> {
  const bad = new Map<number, BadBlock>();
  for (const block of await badBlocks(tx, orgs, source))
    if (!bad.has(block.org)) bad.set(block.org, block);
  const faults = new Map<number, ChainFault>();
  for (const [org, block] of bad) faults.set(org, await faultOf(tx, source, block));
  for (const fault of await cutTails(tx, orgs, source, anchors)) {
    const known = faults.get(fault.org);
    if (!known || known.seq > fault.seq) faults.set(fault.org, fault);
  }
  return [...faults.values()];
}

/** Like `verifyChains`, for one org; undefined if the chain holds. */
export async function verifyChain(
  tx: Tx,
  org: number,
  source: SealSource,
  anchors: readonly Anchor[] = [],
): Promise<ChainFault | undefined> {
  return (await verifyChains(tx, [org], source, anchors))[0];
}

function badBlocks(tx: Tx, orgs: readonly number[], source: SealSource): Promise<BadBlock[]> {
  const { table, key } = source;
  return tx.query<BadBlock>(
    `with block as (
       select c.*, row_number() over w as place, coalesce(lag(c.upto) over w, '${NO_ROW}') as after,
              coalesce(lag(c.hash) over w, decode(repeat('00', 32), 'hex')) as link
         from platform.chain c where c.org_id = any($1::bigint[]) and c.source = $2
       window w as (partition by c.org_id order by c.seq))
     select b.org_id org, b.seq, b.after, b.upto, b.marks,
            b.place = b.seq and b.prev = b.link and b.hash_version = 1 linked
       from block b cross join lateral (
         select count(*) rows, sha256(b.prev || coalesce(string_agg(d.digest, ''::bytea order by d.id), ''::bytea)) hash
           from (select r.${key} id, ${digestOf(source)} digest from ${table} r
                  where r.org_id = b.org_id and r.${key} > b.after and r.${key} <= b.upto) d) found
      where b.place <> b.seq or b.prev <> b.link or b.hash_version <> 1 or found.rows <> b.rows or found.hash <> b.hash
      order by b.org_id, b.seq`,
    [orgs, source.source],
  );
}

/** Compares the rows of a bad block with the marks that were kept of them. */
async function faultOf(tx: Tx, source: SealSource, block: BadBlock): Promise<ChainFault> {
  const { org, seq, after, upto } = block;
  const fault = { org, source: source.source, seq };
  if (!block.linked) return { ...fault, what: 'block' };
  const rows = await tx.query<{ id: string; mark: Buffer }>(
    `select r.${source.key} id, substr(${digestOf(source)}, 1, 8) mark from ${source.table} r
      where r.org_id = $1 and r.${source.key} > $2 and r.${source.key} <= $3 order by 1`,
    [org, after, upto],
  );
  const kept = marksOf(block.marks);
  const found = rows.map(({ mark }) => mark.toString('hex'));
  const at = found.findIndex((mark, place) => mark !== kept[place]);
  const first = at < 0 ? found.length : at;
  const known = new Set(kept);
  const row = rows[first]?.id;
  if (row !== undefined && !known.has(found[first] as string)) {
    return { ...fault, what: found.length > kept.length ? 'inserted' : 'changed', row };
  }
  if (first < kept.length) return { ...fault, what: 'missing', row: rows[first - 1]?.id ?? after };
  return { ...fault, what: 'block' };
}

function marksOf(marks: Buffer): string[] {
  return Array.from({ length: marks.length / 8 }, (_, place) =>
    marks.toString('hex', place * 8, place * 8 + 8),
  );
}

function cutTails(
  tx: Tx,
  orgs: readonly number[],
  { source }: SealSource,
  anchors: readonly Anchor[],
): Promise<ChainFault[]> {
  const wanted = new Set(orgs);
  const mine = anchors.filter((anchor) => anchor.source === source && wanted.has(anchor.org));
  if (mine.length === 0) return Promise.resolve([]);
  return tx.query<ChainFault>(
    `select a.org, $4 source, min(a.seq) seq, 'cut' what
       from unnest($1::bigint[], $2::bigint[], $3::text[]) a(org, seq, hash)
       left join platform.chain c on c.org_id = a.org and c.source = $4 and c.seq = a.seq
      where c.hash is null or encode(c.hash, 'hex') <> a.hash group by a.org`,
    [mine.map(({ org }) => org), mine.map(({ seq }) => seq), mine.map(({ hash }) => hash), source],
  );
}
