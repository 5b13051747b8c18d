import type { Day } from '#kernel/day';
import type { Buyer } from '#offers';
import { uuids } from '#platform/db/arrays';
import type { Database } from '#platform/db/transact';

/** Members who bought in some days, with their sales that were not wholly paid back, and net fen. */
export function readBuyers(
  db: Database,
  org: number,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Buyer[]> {
  return db.read([org], (tx) =>
    tx.query<Buyer>(
      `select member_id as member, count(*) as sales, sum(due - refunded)::bigint as amount
         from payments.payment
        where org_id = $1 and business_day between $2 and $3 and member_id is not null
          and state in ('paid', 'part_refunded')
        group by member_id`,
      [org, from, to],
    ),
  );
}

const MEMBERS_AT_ONCE = 5_000;

/** Which of the members bought anything before a day, wholly paid back or not. */
export async function readBoughtBefore(
  db: Database,
  org: number,
  members: readonly string[],
  day: Day,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let at = 0; at < members.length; at += MEMBERS_AT_ONCE) {
    const rows = await db.read([org], (tx) =>
      tx.query<{ member: string }>(
        `select u.member from unnest($2::uuid[]) u(member)
          where exists (select from payments.payment p
                         where p.org_id = $1 and p.member_id = u.member and p.business_day < $3
                           and p.state not in ('open', 'cancelled'))`,
        [org, uuids(members.slice(at, at + MEMBERS_AT_ONCE)), day],
      ),
    );
    for (const { member } of rows) found.add(member);
  }
  return found;
}
