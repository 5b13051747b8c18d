import type { Ctx } from '#platform/context';
import type { FieldPlace, Vault } from '#platform/vault/field';
import type { MemberStatus } from './core.ts';
import { monthDayOf } from './month-day.ts';
import { maskedName, maskedPhone } from './phone.ts';

/** A member as the API shows it. */
export interface Member {
  readonly member_id: string;
  readonly programme_id: string;
  readonly owner_org: number;
  readonly status: MemberStatus;
  readonly tier: string;
  readonly labels: string[];
  /** Masked, "138****1234", unless the principal may see it; null once erased. */
  readonly phone: string | null;
  readonly name: string | null;
  /** As told, "05-04" or "1990-05-04"; month and day alone unless the principal may see it. */
  readonly birthday: string | null;
  readonly joined_at: string;
  readonly joined_day: string;
  readonly joined_org: number;
  readonly joined_store: string | null;
}

export interface MemberRow {
  readonly org_id: number;
  readonly member_id: string;
  readonly programme_id: string;
  readonly phone_sealed: string | null;
  readonly name_sealed: string | null;
  readonly birthday_sealed: string | null;
  readonly tier: string;
  readonly labels: string[];
  readonly joined_at: Date;
  readonly joined_day: string;
  readonly joined_org: number;
  readonly joined_store: string | null;
  readonly status: MemberStatus;
}

export const MEMBER_COLUMNS =
  'org_id, member_id, programme_id, phone_sealed, name_sealed, birthday_sealed, tier, labels, joined_at, joined_day, joined_org, joined_store, status';

/** The permission to see personal data in clear. */
export const CLEAR = 'member.phone';

type Sealed = 'phone_sealed' | 'name_sealed' | 'birthday_sealed';

export function placeOf(org: number, memberId: string, column: Sealed): FieldPlace {
  return { table: 'members.member', column, org, row: memberId };
}

export function memberShown(vault: Vault, ctx: Ctx, row: MemberRow): Member {
  const clear = ctx.principal.scopes.has(CLEAR);
  const field = (column: Sealed, mask: (text: string) => string) => {
    const sealed = row[column];
    if (sealed === null) return null;
    const text = vault.open(placeOf(row.org_id, row.member_id, column), sealed);
    return clear ? text : mask(text);
  };
  return {
    member_id: row.member_id,
    programme_id: row.programme_id,
    owner_org: row.org_id,
    status: row.status,
    tier: row.tier,
    labels: row.labels,
    phone: field('phone_sealed', maskedPhone),
    name: field('name_sealed', maskedName),
    birthday: field('birthday_sealed', monthDayOf),
    joined_at: row.joined_at.toISOString(),
    joined_day: row.joined_day,
    joined_org: row.joined_org,
    joined_store: row.joined_store,
  };
}

/** What may be stored outside the member's own row, such as an answer kept for a replay. */
export function withoutPerson(member: Member): Member {
  return { ...member, phone: null, name: null, birthday: null };
}
