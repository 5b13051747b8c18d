import { int8s, uuids } from '#platform/db/arrays';
import type { Database, Tx } from '#platform/db/transact';
import { snapshots, type SnapshotSource } from '#platform/snapshot';
import {
  openBooks,
  type Programme,
  PROGRAMME_COLUMNS,
  programmeOfRow,
  type ProgrammeRow,
} from './programme-rows.ts';

/** A programme as a store serves it. */
export interface ServedProgramme extends Programme {
  /** A sale uses the lowest unless it names a programme. */
  readonly priority: number;
}

/** The active programmes of each store of a merchant, by priority. */
export interface ServedProgrammes {
  readonly byStore: ReadonlyMap<string, readonly ServedProgramme[]>;
}

interface EnrolmentRow {
  readonly store_id: string;
  readonly programme_id: string;
  readonly owner_org: number;
  readonly priority: number;
}

/** Snapshots of kind 'programmes': per merchant, what its stores serve, with the facts of foreign owners. */
export function servedProgrammes(db: Database): SnapshotSource<ServedProgrammes> {
  return snapshots(db, 'programmes', loadServed);
}

/** The programme a sale or a joining at the store uses: the one named, else the first. */
export function servedAt(
  served: ServedProgrammes,
  store: string,
  programmeId?: string,
): ServedProgramme | undefined {
  const here = served.byStore.get(store);
  if (programmeId === undefined) return here?.[0];
  return here?.find((each) => each.programmeId === programmeId);
}

/** Every programme that some store serves, once. */
export function allServed(served: ServedProgrammes): ServedProgramme[] {
  const each = [...served.byStore.values()].flat();
  return [...new Map(each.map((programme) => [programme.programmeId, programme])).values()];
}

async function loadServed(tx: Tx, org: number): Promise<ServedProgrammes> {
  const rows = await tx.query<EnrolmentRow>(
    `select store_id, programme_id, owner_org, priority from members.enrolment
      where org_id = $1 order by store_id, priority, programme_id`,
    [org],
  );
  const facts = await loadProgrammes(tx, org, rows);
  const byStore = new Map<string, ServedProgramme[]>();
  for (const { store_id, programme_id, priority } of rows) {
    const programme = facts.get(programme_id);
    if (programme?.status !== 'active') continue;
    const list = byStore.get(store_id) ?? [];
    list.push({ ...programme, priority });
    byStore.set(store_id, list);
  }
  return { byStore };
}

async function loadProgrammes(
  tx: Tx,
  org: number,
  enrolments: readonly EnrolmentRow[],
): Promise<Map<string, Programme>> {
  if (enrolments.length === 0) return new Map();
  await openBooks(tx, [org, ...enrolments.map(({ owner_org }) => owner_org)]);
  const rows = await tx.query<ProgrammeRow>(
    `select ${PROGRAMME_COLUMNS} from members.programme
      where (org_id, programme_id) in (select * from unnest($1::bigint[], $2::uuid[]))`,
    [
      int8s(enrolments.map(({ owner_org }) => owner_org)),
      uuids(enrolments.map(({ programme_id }) => programme_id)),
    ],
  );
  return new Map(rows.map((row) => [row.programme_id, programmeOfRow(row)]));
}
