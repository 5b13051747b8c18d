import { dayOf } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must, Refused } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { current } from '#platform/snapshot';
import { isBirthday } from './birthday.ts';
import {
  type Member,
  MEMBER_COLUMNS,
  type MemberRow,
  memberShown,
  placeOf,
} from './member-rows.ts';
import { phoneOf } from './phone.ts';
import { openBooks, type Programme } from './programme-rows.ts';
import { readProgramme } from './read-programme.ts';
import { birthdayInvalid, memberClosed, phoneInvalid, programmeNotServed } from './refusals.ts';
import type { MembersRoom } from './room.ts';
import { servedAt } from './served-programmes.ts';

export interface Joining {
  /** As typed; normalised to E.164 with China as the default country. */
  readonly phone: string;
  /** Where the customer joins; null only into a programme of one's own, which is then named. */
  readonly storeId: string | null;
  /** Default: the store's first programme. */
  readonly programmeId?: string | undefined;
  readonly name?: string | undefined;
  /** "MM-DD", or a whole date. */
  readonly birthday?: string | undefined;
}

export interface Joined {
  readonly member: Member;
  /** False if the phone number had joined before. */
  readonly created: boolean;
}

export interface JoinPlan {
  readonly phone: string;
  readonly name: string | null;
  readonly birthday: string | null;
  readonly storeId: string | null;
  readonly programme: Programme;
  readonly day: string;
}

/**
 * Makes a customer a member by phone number, in the book of the programme's owner. Joining twice, also at
 * the same moment, gives the same member.
 * @throws Refused phone_invalid, birthday_invalid, programme_not_served, programme_unknown, member_closed
 */
export async function joinMember(room: MembersRoom, ctx: Ctx, joining: Joining): Promise<Joined> {
  const plan = await planJoining(room, ctx, joining);
  return room.db.transact([ctx.org], (tx) => joinAsPlanned(room, tx, ctx, plan));
}

/**
 * `joinMember` for many customers of one store, in one transaction.
 * @throws Refused as `joinMember`; then none has joined
 */
export async function joinMembers(
  room: MembersRoom,
  ctx: Ctx,
  storeId: string,
  phones: readonly string[],
): Promise<Joined[]> {
  const [first, ...others] = phones;
  if (first === undefined) return [];
  const plan = await planJoining(room, ctx, { phone: first, storeId });
  const plans = others.map((typed): JoinPlan => {
    const phone = phoneOf(typed);
    must(phone, phoneInvalid);
    return { ...plan, phone };
  });
  return room.db.transact([ctx.org], async (tx) => {
    const joined: Joined[] = [];
    for (const each of [plan, ...plans]) joined.push(await joinAsPlanned(room, tx, ctx, each));
    return joined;
  });
}

/** Reads all that a joining needs, before its transaction. */
export async function planJoining(
  room: MembersRoom,
  ctx: Ctx,
  { phone: typed, storeId, programmeId, name, birthday }: Joining,
): Promise<JoinPlan> {
  const phone = phoneOf(typed);
  must(phone, phoneInvalid);
  const programme = await programmeOf(room, ctx, storeId, programmeId);
  const { zone } = (await room.orgs.get(ctx.org)).value.org;
  const day = dayOf(ctx.now, zone);
  must(birthday === undefined || isBirthday(birthday, day), birthdayInvalid);
  return { phone, name: name ?? null, birthday: birthday ?? null, storeId, programme, day };
}

/** Carries a joining out inside a transaction of `ctx.org`. */
export async function joinAsPlanned(
  room: MembersRoom,
  tx: Tx,
  ctx: Ctx,
  plan: JoinPlan,
): Promise<Joined> {
  const { ownerOrg: org } = plan.programme;
  await openBooks(tx, [ctx.org, org]);
  // Between the two statements the member may be erased; then the number is free and the second try joins.
  for (let attempt = 1; attempt <= 2; attempt++) {
    const inserted = await insert(room, tx, ctx, plan);
    if (inserted) return { member: memberShown(room.vault, ctx, inserted), created: true };
    const [row] = await tx.query<MemberRow>(
      `select ${MEMBER_COLUMNS} from members.member
        where org_id = $1 and programme_id = $2 and phone_blind = $3`,
      [org, plan.programme.programmeId, room.vault.blind(org, plan.phone)],
    );
    must(row?.status !== 'closed', memberClosed);
    if (row) return { member: memberShown(room.vault, ctx, row), created: false };
  }
  throw new Error('a member came and went while joining');
}

async function programmeOf(
  room: MembersRoom,
  ctx: Ctx,
  storeId: string | null,
  programmeId: string | undefined,
): Promise<Programme> {
  if (storeId !== null) {
    const { value: served } = await current(room.db, room.programmes, ctx.org);
    const programme = servedAt(served, storeId, programmeId);
    must(programme, programmeNotServed);
    return programme;
  }
  if (programmeId === undefined) throw new Refused(programmeNotServed());
  return room.db.read([ctx.org], (tx) => readProgramme(tx, ctx.org, programmeId));
}

async function insert(
  { vault }: MembersRoom,
  tx: Tx,
  ctx: Ctx,
  { phone, name, birthday, storeId, programme, day }: JoinPlan,
): Promise<MemberRow | undefined> {
  const { ownerOrg: org, programmeId, tiers } = programme;
  const memberId = newId();
  const [row] = await tx.query<MemberRow>(
    `insert into members.member (org_id, member_id, programme_id, phone_sealed, phone_blind, name_sealed,
       birthday_sealed, tier, joined_at, joined_day, joined_org, joined_store)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (org_id, programme_id, phone_blind) do nothing returning ${MEMBER_COLUMNS}`,
    [
      org,
      memberId,
      programmeId,
      vault.seal(placeOf(org, memberId, 'phone_sealed'), phone),
      vault.blind(org, phone),
      name && vault.seal(placeOf(org, memberId, 'name_sealed'), name),
      birthday && vault.seal(placeOf(org, memberId, 'birthday_sealed'), birthday),
      tiers[0]?.code,
      ctx.now,
      day,
      ctx.org,
      storeId,
    ],
  );
  if (!row) return undefined;
  await audit(
    tx,
    { ...ctx, org },
    {
      verb: 'members.join-member',
      subject: `member:${memberId}`,
      after: { programme: programmeId, tier: row.tier, joined_org: ctx.org, joined_store: storeId },
    },
  );
  return row;
}
