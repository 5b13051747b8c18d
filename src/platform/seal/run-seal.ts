import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import { repeat } from '#platform/repeat';
import { appendAnchors, lastAnchoredDay } from './anchors.ts';
import { BLOCK_ROWS_MAX, lowestId, sealBlock } from './seal-rows.ts';
import { NO_ROW, type SealSource } from './source.ts';

export interface SealSettings {
  readonly db: Database;
  readonly sources: readonly SealSource[];
  /** All orgs that there are. */
  readonly orgs: () => Promise<readonly number[]>;
  /** Where the heads of the chains are appended each day; none are if it is absent. */
  readonly anchorFile?: string;
  /** The age at which rows are sealed. */
  readonly delayMs?: number;
  readonly onError?: (error: unknown) => void;
}

export interface Seal {
  /** Seals all that is older than the delay; with `all`, everything: only when nothing is being written. */
  settle(all?: 'all'): Promise<void>;
  close(): Promise<void>;
}

const EVERY_MS = 30_000;
/** A hot write waits at most 30 s before it begins and its statements end within 20 s. */
const DELAY_MS = 60_000;
const ORGS_PER_LOOK = 1000;

/** Seals what was written into the chains of the orgs, behind the writes. */
export function runSeal(settings: SealSettings): Seal {
  const { delayMs = DELAY_MS, anchorFile } = settings;
  let anchored: string | undefined;
  const seal = async (ageMs: number) => {
    const below = lowestId(new Date(realNow().getTime() - ageMs));
    const orgs = await settings.orgs();
    for (const source of settings.sources) {
      for (const org of await withNewRows(settings.db, orgs, source, below)) {
        while ((await sealBlock(settings.db, org, source, below)) === BLOCK_ROWS_MAX);
      }
    }
    return orgs;
  };
  const run = async () => {
    const orgs = await seal(delayMs);
    if (!anchorFile) return undefined;
    const today = realNow().toISOString().slice(0, 10);
    anchored ??= await lastAnchoredDay(anchorFile);
    if (anchored !== today) await appendAnchors(settings.db, orgs, anchorFile, realNow());
    anchored = today;
    return undefined;
  };
  const loop = repeat({ everyMs: EVERY_MS, run, onError: settings.onError });
  return {
    async settle(all) {
      if (all) await seal(-1000);
      else await loop.turn();
    },
    close: () => loop.close(),
  };
}

/** One statement says for many orgs whether there is anything to seal: an idle org costs two index probes. */
async function withNewRows(
  db: Database,
  orgs: readonly number[],
  { source, table, key }: SealSource,
  below: string,
): Promise<number[]> {
  const found: number[] = [];
  for (let from = 0; from < orgs.length; from += ORGS_PER_LOOK) {
    const some = orgs.slice(from, from + ORGS_PER_LOOK);
    const rows = await db.read(some, async (tx) => {
      const heads = await tx.query<{ org: number; upto: string }>(
        `select o.org, coalesce((select c.upto from platform.chain c where c.org_id = o.org and c.source = $2
                                  order by c.seq desc limit 1), '${NO_ROW}') upto
           from unnest($1::bigint[]) o(org)`,
        [some, source],
      );
      // Row-level security keeps a comparison with a subquery out of the index: the heads go as an array.
      return tx.query<{ org: number }>(
        `select h.org from unnest($1::bigint[], $2::uuid[]) h(org, upto) cross join lateral (
           select from ${table} r where r.org_id = h.org and r.${key} > h.upto and r.${key} < $3 limit 1) fresh`,
        [some, heads.map(({ upto }) => upto), below],
      );
    });
    found.push(...rows.map(({ org }) => org));
  }
  return found;
}
