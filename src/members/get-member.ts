import { Refused } from '#kernel/refusal';
import { int8s, uuids } from '#platform/db/arrays';
import type { Ctx } from '#platform/context';
import { current } from '#platform/snapshot';
import { type Member, MEMBER_COLUMNS, type MemberRow, memberShown } from './member-rows.ts';
import { phoneOf } from './phone.ts';
import { memberUnknown, phoneInvalid } from './refusals.ts';
import type { MembersRoom } from './room.ts';
import { allServed, type ServedProgramme } from './served-programmes.ts';

/**
 * A member of one's own programmes, or of one that a store of one's own serves.
 * @throws Refused member_unknown
 */
export async function getMember(room: MembersRoom, ctx: Ctx, memberId: string): Promise<Member> {
  const { value: served } = await current(room.db, room.programmes, ctx.org);
  const foreign = allServed(served).filter(({ ownerOrg }) => ownerOrg !== ctx.org);
  const [row] = await room.db.read([ctx.org, ...foreign.map(({ ownerOrg }) => ownerOrg)], (tx) =>
    tx.query<MemberRow>(
      `select ${MEMBER_COLUMNS} from members.member
        where member_id = $2 and (org_id = $1
          or (org_id, programme_id) in (select * from unnest($3::bigint[], $4::uuid[])))`,
      [ctx.org, memberId, ...columnsOf(foreign)],
    ),
  );
  if (!row) throw new Refused(memberUnknown());
  return memberShown(room.vault, ctx, row);
}

/**
 * Those who joined with a phone number: in the programmes that the store serves, or, without a store, in
 * one's own and in all that one's stores serve. At most one per programme.
 * @throws Refused phone_invalid
 */
export async function membersByPhone(
  room: MembersRoom,
  ctx: Ctx,
  typed: string,
  asked: { readonly storeId?: string | undefined; readonly programmeId?: string | undefined },
): Promise<Member[]> {
  const phone = phoneOf(typed);
  if (!phone) throw new Refused(phoneInvalid('/query/phone'));
  const { value: served } = await current(room.db, room.programmes, ctx.org);
  const { storeId, programmeId } = asked;
  const programmes =
    storeId === undefined ? allServed(served) : (served.byStore.get(storeId) ?? []);
  const own = storeId === undefined ? ctx.org : 0;
  const orgs = [...new Set([ctx.org, ...programmes.map(({ ownerOrg }) => ownerOrg)])];
  const rows = await room.db.read(orgs, (tx) =>
    tx.query<MemberRow>(
      `select ${MEMBER_COLUMNS} from members.member
        where (org_id, phone_blind) in (select * from unnest($1::bigint[], $2::bytea[]))
          and ($3::uuid is null or programme_id = $3)
          and (org_id = $4 or (org_id, programme_id) in (select * from unnest($5::bigint[], $6::uuid[])))
        order by member_id`,
      [
        int8s(orgs),
        orgs.map((org) => room.vault.blind(org, phone)),
        programmeId ?? null,
        own,
        ...columnsOf(programmes),
      ],
    ),
  );
  return rows.map((row) => memberShown(room.vault, ctx, row));
}

function columnsOf(programmes: readonly ServedProgramme[]): [Buffer, Buffer] {
  return [
    int8s(programmes.map(({ ownerOrg }) => ownerOrg)),
    uuids(programmes.map(({ programmeId }) => programmeId)),
  ];
}
