import { int8s, texts } from '#platform/db/arrays';
import type { Database, Tx } from '#platform/db/transact';
import type { Part } from '#platform/record/part';

/** What a process may keep of an org between requests, such as its live offers, with its version. */
export interface Snapshot<T> {
  readonly org: number;
  readonly kind: string;
  readonly version: number;
  readonly value: T;
}

/** Reads an org's snapshot, from memory if it was read before. */
export interface SnapshotSource<T> {
  readonly kind: string;
  get(org: number): Promise<Snapshot<T>>;
  /** Drops what is kept, so that the next `get` reads again. */
  forget(org: number): void;
}

/** The snapshots that a write was made from. */
type SnapshotWant = readonly Pick<Snapshot<unknown>, 'org' | 'kind'>[];

/** Versions by org, then by kind. */
type Versions = Map<number, Map<string, number>>;

const KEPT_MAX = 2_000;

/**
 * Keeps what `load` reads per org until a hot write finds its version outdated. `load` runs in the
 * transaction that reads the version, so the two belong together.
 */
export function snapshots<T>(
  db: Database,
  kind: string,
  load: (tx: Tx, org: number) => Promise<T>,
): SnapshotSource<T> {
  const kept = new Map<number, Promise<Snapshot<T>>>();
  const read = (org: number) =>
    db.read([org], async (tx) => {
      const version = await versionOf(tx, org, kind);
      return { org, kind, version, value: await load(tx, org) };
    });
  return {
    kind,
    get(org) {
      let found = kept.get(org);
      if (!found) {
        if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value as number);
        kept.set(org, (found = read(org)));
        found.catch(() => kept.delete(org));
      }
      return found;
    },
    forget: (org) => void kept.delete(org),
  };
}

/** Like `get`, but checks the version against the database first: for requests that are not hot. */
export async function current<T>(
  db: Database,
  source: SnapshotSource<T>,
  org: number,
): Promise<Snapshot<T>> {
  const kept = await source.get(org);
  const version = await db.read([org], (tx) => versionOf(tx, org, source.kind));
  if (version === kept.version) return kept;
  source.forget(org);
  return source.get(org);
}

/** Says, in the writer's own transaction, that what processes keep of `kind` is outdated. */
export async function bumpSnapshot(tx: Tx, org: number, kind: string): Promise<void> {
  await tx.execute(
    `insert into platform.snapshot (org_id, kind, version) values ($1, $2, 1)
     on conflict (org_id, kind) do update set version = platform.snapshot.version + 1`,
    [org, kind],
  );
}

async function versionOf(tx: Tx, org: number, kind: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'select version from platform.snapshot where org_id = $1 and kind = $2',
    [org, kind],
  );
  return row?.version ?? 0;
}

/** Lets a hot write see, inside its transaction, whether what it was made from still holds. */
export const snapshotPart: Part<SnapshotWant, Versions, never> = {
  name: 'snapshot',
  rank: 1,
  async lock(tx, wants) {
    const asked = distinct(wants.map(({ value }) => value));
    const rows = await tx.prepared<{ org_id: number; kind: string; version: number }>(
      'snapshot_versions',
      `select s.org_id, s.kind, s.version from unnest($1::bigint[], $2::text[]) u(o, k)
         join platform.snapshot s on s.org_id = u.o and s.kind = u.k`,
      [int8s(asked.map(({ org }) => org)), texts(asked.map(({ kind }) => kind))],
    );
    const versions: Versions = new Map();
    for (const { org_id: org, kind, version } of rows) {
      let kinds = versions.get(org);
      if (!kinds) versions.set(org, (kinds = new Map()));
      kinds.set(kind, version);
    }
    return versions;
  },
  blank: () => new Map(),
  decide: () => () => undefined,
  write: async () => undefined,
};

/** Whether every snapshot is the version the database holds now. */
export function stillCurrent(versions: Versions, used: readonly Snapshot<unknown>[]): boolean {
  return used.every(({ org, kind, version }) => (versions.get(org)?.get(kind) ?? 0) === version);
}

function distinct(lists: readonly SnapshotWant[]): { org: number; kind: string }[] {
  const seen = new Map<number, Set<string>>();
  for (const list of lists) {
    for (const { org, kind } of list) {
      const kinds = seen.get(org);
      if (kinds) kinds.add(kind);
      else seen.set(org, new Set([kind]));
    }
  }
  return [...seen].flatMap(([org, kinds]) => Array.from(kinds, (kind) => ({ org, kind })));
}
