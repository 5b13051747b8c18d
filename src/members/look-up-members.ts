import type { Day } from '#kernel/day';
import { byteas, int8s, uuids } from '#platform/db/arrays';
import { gathered } from '#platform/db/gather-reads';
import type { Database } from '#platform/db/transact';
import type { MemberStatus } from './core.ts';

/** A member as a sale needs it; nothing personal of it is in clear. */
export interface FoundMember {
  readonly memberId: string;
  readonly programmeId: string;
  /** The book that holds the member and its points. */
  readonly ownerOrg: number;
  readonly tier: string;
  readonly labels: readonly string[];
  readonly joinedDay: Day;
  readonly birthdaySealed: string | null;
  readonly status: MemberStatus;
}

/** Look-ups as fresh as the database, those of one moment in one statement. */
export interface LookUp {
  byBlind(key: {
    readonly org: number;
    readonly programmeId: string;
    readonly blind: Buffer;
  }): Promise<FoundMember | undefined>;
  byId(key: { readonly org: number; readonly memberId: string }): Promise<FoundMember | undefined>;
}

interface Row {
  readonly place: number;
  readonly org_id: number;
  readonly member_id: string;
  readonly programme_id: string;
  readonly tier: string;
  readonly labels: string[];
  readonly joined_day: string;
  readonly birthday_sealed: string | null;
  readonly status: MemberStatus;
}

const COLUMNS =
  'u.place::int, m.org_id, m.member_id, m.programme_id, m.tier, m.labels, m.joined_day, m.birthday_sealed, m.status';

export function lookUps(db: Database): LookUp {
  const byBlindName = (key: Parameters<LookUp['byBlind']>[0]) =>
    `${key.org}/${key.programmeId}/${key.blind.toString('latin1')}`;
  const byIdName = (key: Parameters<LookUp['byId']>[0]) => `${key.org}/${key.memberId}`;
  return {
    byBlind: gathered(
      (keys) =>
        read(db, keys, byBlindName, 'members_by_blind', [
          `select ${COLUMNS} from unnest($1::bigint[], $2::uuid[], $3::bytea[])
             with ordinality u(org, programme, blind, place)
             join members.member m
               on m.org_id = u.org and m.programme_id = u.programme and m.phone_blind = u.blind`,
          uuids(keys.map(({ programmeId }) => programmeId)),
          byteas(keys.map(({ blind }) => blind)),
        ]),
      byBlindName,
    ),
    byId: gathered(
      (keys) =>
        read(db, keys, byIdName, 'members_by_id', [
          `select ${COLUMNS} from unnest($1::bigint[], $2::uuid[]) with ordinality u(org, id, place)
             join members.member m on m.org_id = u.org and m.member_id = u.id`,
          uuids(keys.map(({ memberId }) => memberId)),
        ]),
      byIdName,
    ),
  };
}

async function read<K extends { readonly org: number }>(
  db: Database,
  keys: readonly K[],
  nameOf: (key: K) => string,
  statement: string,
  [text, ...params]: readonly [string, ...Buffer[]],
): Promise<Map<string, FoundMember>> {
  const orgs = keys.map(({ org }) => org);
  const books = [...new Set(orgs)];
  const rows = await db.lookUp<Row>(books, statement, text, [int8s(orgs), ...params]);
  return new Map(rows.map((row) => [nameOf(keys[row.place - 1] as K), foundOf(row)]));
}

function foundOf(row: Row): FoundMember {
  return {
    memberId: row.member_id,
    programmeId: row.programme_id,
    ownerOrg: row.org_id,
    tier: row.tier,
    labels: row.labels,
    joinedDay: row.joined_day,
    birthdaySealed: row.birthday_sealed,
    status: row.status,
  };
}
