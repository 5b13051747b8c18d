import type { Ctx } from '#platform/context';
import { decodeCursor, page } from '#platform/http/page';
import { current } from '#platform/snapshot';
import {
  type Programme,
  PROGRAMME_COLUMNS,
  programmeOfRow,
  type ProgrammeRow,
} from './programme-rows.ts';
import type { MembersRoom } from './room.ts';
import { allServed, type ServedProgrammes } from './served-programmes.ts';

/** A programme with those of one's own stores that serve it. */
export interface ProgrammeListed extends Programme {
  readonly stores: readonly { readonly storeId: string; readonly priority: number }[];
}

/** One's own programmes and those that one's stores serve, by id. @throws Refused cursor_malformed */
export async function listProgrammes(
  room: MembersRoom,
  ctx: Ctx,
  asked: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ProgrammeListed[]; next_cursor: string | null }> {
  const list = `programmes/${ctx.org}`;
  const after = String(decodeCursor(list, asked.cursor)?.[0] ?? '');
  const { value: served } = await current(room.db, room.programmes, ctx.org);
  const own = await room.db.read([ctx.org], (tx) =>
    tx.query<ProgrammeRow>(
      `select ${PROGRAMME_COLUMNS} from members.programme
        where org_id = $1 and programme_id::text > $2 order by programme_id limit $3`,
      [ctx.org, after, asked.limit + 1],
    ),
  );
  const foreign = allServed(served).filter(
    ({ ownerOrg, programmeId }) => ownerOrg !== ctx.org && programmeId > after,
  );
  const rows = [...own.map(programmeOfRow), ...foreign]
    .toSorted((a, b) => (a.programmeId < b.programmeId ? -1 : 1))
    .slice(0, asked.limit + 1);
  const { items, next_cursor } = page(rows, asked.limit, list, (row) => [row.programmeId]);
  const listed = items.map((item) => ({ ...item, stores: storesOf(served, item.programmeId) }));
  return { items: listed, next_cursor };
}

function storesOf(served: ServedProgrammes, id: string): ProgrammeListed['stores'] {
  return [...served.byStore].flatMap(([storeId, programmes]) => {
    const found = programmes.find(({ programmeId }) => programmeId === id);
    return found ? [{ storeId, priority: found.priority }] : [];
  });
}
