import type { Ctx } from '#platform/context';
import { decodeCursor, page } from '#platform/http/page';
import { type Member, MEMBER_COLUMNS, type MemberRow, memberShown } from './member-rows.ts';
import type { MembersRoom } from './room.ts';

export interface MembersAsked {
  readonly programmeId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The members of one's own programmes, in the order in which they joined. @throws Refused cursor_malformed */
export async function listMembers(
  { db, vault }: MembersRoom,
  ctx: Ctx,
  { programmeId, cursor, limit }: MembersAsked,
): Promise<{ items: Member[]; next_cursor: string | null }> {
  const list = `members/${ctx.org}/${programmeId ?? ''}`;
  const [after = null] = decodeCursor(list, cursor) ?? [];
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<MemberRow>(
      `select ${MEMBER_COLUMNS} from members.member
        where org_id = $1 and ($2::uuid is null or programme_id = $2)
          and ($3::uuid is null or member_id > $3) order by member_id limit $4`,
      [ctx.org, programmeId ?? null, after, limit + 1],
    ),
  );
  const { items, next_cursor } = page(rows, limit, list, (row) => [row.member_id]);
  return { items: items.map((row) => memberShown(vault, ctx, row)), next_cursor };
}
