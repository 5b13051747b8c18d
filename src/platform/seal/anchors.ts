import { appendFile, readFile } from 'node:fs/promises';
import type { Database } from '#platform/db/transact';

/** The head of a chain as it was once seen, kept outside the database. */
export interface Anchor {
  readonly at: string;
  readonly org: number;
  readonly source: string;
  readonly seq: number;
  /** hexadecimal */
  readonly hash: string;
}

const ORGS_PER_READ = 1000;

/** Appends the heads of all chains, one JSON object a line. A file kept elsewhere proves that no tail was cut. */
export async function appendAnchors(
  db: Database,
  orgs: readonly number[],
  file: string,
  at: Date,
): Promise<number> {
  let count = 0;
  for (let from = 0; from < orgs.length; from += ORGS_PER_READ) {
    const some = orgs.slice(from, from + ORGS_PER_READ);
    const heads = await db.read(some, (tx) =>
      tx.query<Omit<Anchor, 'at'>>(
        `select o.org, s.source, h.seq, encode(h.hash, 'hex') hash
           from unnest($1::bigint[]) o(org) cross join (values ('journal'), ('audit')) s(source)
           cross join lateral (select c.seq, c.hash from platform.chain c
             where c.org_id = o.org and c.source = s.source order by c.seq desc limit 1) h`,
        [some],
      ),
    );
    const lines = heads.map((head) => `${JSON.stringify({ at: at.toISOString(), ...head })}\n`);
    if (lines.length > 0) await appendFile(file, lines.join(''), { mode: 0o600 });
    count += lines.length;
  }
  return count;
}

/** The anchors of a file; none if it does not exist. A last line cut off by a crash is left out. */
export async function readAnchors(file: string): Promise<Anchor[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = text.split('\n');
  lines.pop();
  return lines
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Anchor);
}

export async function lastAnchoredDay(file: string): Promise<string | undefined> {
  return (await readAnchors(file)).at(-1)?.at.slice(0, 10);
}
