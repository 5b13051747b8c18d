import { dayOf } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { zoneOfOrg } from '#merchants';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { isBirthday } from './birthday.ts';
import type { MemberStatus } from './core.ts';
import {
  type Member,
  MEMBER_COLUMNS,
  type MemberRow,
  memberShown,
  placeOf,
} from './member-rows.ts';
import {
  birthdayInvalid,
  memberErased,
  memberUnknown,
  programmeUnknown,
  tierUnknown,
} from './refusals.ts';
import type { MembersRoom } from './room.ts';

export interface MemberChange {
  readonly tier?: string | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly status?: 'active' | 'closed' | undefined;
  /** "MM-DD", or a whole date; null takes it away. */
  readonly birthday?: string | null | undefined;
}

type Room = Pick<MembersRoom, 'vault'>;

/** Puts a member on a tier of its programme. @throws Refused as `changeMember` */
export function setTier(room: Room, tx: Tx, ctx: Ctx, id: string, tier: string): Promise<Member> {
  return changeMember(room, tx, ctx, id, { tier });
}

/** Replaces a member's labels. They are kept in the audit trail: never put personal data into one. */
export function setLabels(
  room: Room,
  tx: Tx,
  ctx: Ctx,
  id: string,
  labels: readonly string[],
): Promise<Member> {
  return changeMember(room, tx, ctx, id, { labels });
}

/** Stops a member from earning and redeeming; `changeMember` with status active opens it again. */
export function closeMember(room: Room, tx: Tx, ctx: Ctx, id: string): Promise<Member> {
  return changeMember(room, tx, ctx, id, { status: 'closed' });
}

/**
 * Changes a member in the book of `ctx.org`; what is not named stays.
 * @throws Refused member_unknown, member_erased, tier_unknown, birthday_invalid
 */
export async function changeMember(
  { vault }: Room,
  tx: Tx,
  ctx: Ctx,
  id: string,
  change: MemberChange,
): Promise<Member> {
  const before = await lockMember(tx, ctx.org, id);
  must(before.status !== 'erased', memberErased);
  if (change.tier !== undefined) await demandTier(tx, before, change.tier);
  const after = {
    tier: change.tier ?? before.tier,
    labels: change.labels ? [...new Set(change.labels)] : before.labels,
    status: change.status ?? before.status,
  };
  const birthday = await birthdayAfter(vault, tx, ctx, before, change.birthday);
  const row: MemberRow = { ...before, ...after, birthday_sealed: birthday };
  const told = birthday !== before.birthday_sealed;
  if (!told && JSON.stringify(standing(before)) === JSON.stringify(after)) {
    return memberShown(vault, ctx, row);
  }
  await tx.execute(
    `update members.member set tier = $3, labels = $4, status = $5, birthday_sealed = $6
      where org_id = $1 and member_id = $2`,
    [ctx.org, id, after.tier, after.labels, after.status, birthday],
  );
  await audit(tx, ctx, {
    verb: 'members.change-member',
    subject: `member:${id}`,
    before: standing(before),
    after: { ...after, ...(told && { birthday: birthday === null ? 'taken away' : 'told' }) },
  });
  return memberShown(vault, ctx, row);
}

/** The sealed birthday after the change; what is told again stays as it is sealed. */
async function birthdayAfter(
  vault: MembersRoom['vault'],
  tx: Tx,
  ctx: Ctx,
  { org_id: org, member_id: id, birthday_sealed: sealed }: MemberRow,
  asked: string | null | undefined,
): Promise<string | null> {
  if (asked === undefined) return sealed;
  if (asked === null) return null;
  const today = dayOf(ctx.now, await zoneOfOrg(tx, ctx.org));
  must(isBirthday(asked, today), birthdayInvalid);
  const place = placeOf(org, id, 'birthday_sealed');
  return sealed !== null && vault.open(place, sealed) === asked ? sealed : vault.seal(place, asked);
}

/** @throws Refused member_unknown */
export async function lockMember(tx: Tx, org: number, id: string): Promise<MemberRow> {
  const [row] = await tx.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from members.member where org_id = $1 and member_id = $2 for update`,
    [org, id],
  );
  if (!row) throw new Refused(memberUnknown());
  return row;
}

function standing({ tier, labels, status }: MemberRow): {
  tier: string;
  labels: string[];
  status: MemberStatus;
} {
  return { tier, labels, status };
}

async function demandTier(
  tx: Tx,
  { org_id, programme_id }: MemberRow,
  tier: string,
): Promise<void> {
  const [row] = await tx.query<{ tiers: { code: string }[] }>(
    'select tiers from members.programme where org_id = $1 and programme_id = $2',
    [org_id, programme_id],
  );
  must(row, programmeUnknown);
  const codes = row.tiers.map(({ code }) => code);
  must(codes.includes(tier), () => tierUnknown(codes));
}
