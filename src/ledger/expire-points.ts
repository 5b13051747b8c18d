import { createHash } from 'node:crypto';
import { addDays, type Day, dayOf, startOfDay } from '#kernel/day';
import { newId } from '#kernel/ids';
import type { Database, Tx } from '#platform/db/transact';
import type { Intent } from '#platform/record/intent';
import { item, need } from '#platform/record/part';
import type { Recorder } from '#platform/record/record';
import type { TimerHandler } from '#platform/timer/due-timer';
import { setTimer } from '#platform/timer/set-timer';
import { account } from './account.ts';
import { expiredLots } from './expired-lots.ts';
import { ledgerPart } from './ledger-part.ts';

export interface PointsExpiry {
  readonly db: Database;
  readonly recorder: Recorder;
  /** The zone whose midnight ends the org's day. */
  readonly zoneOf: (org: number) => string;
  /** The programmes of members of the org's book. */
  readonly programmesOf: (
    org: number,
    members: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
}

export const POINTS_EXPIRE = 'points.expire';
const PAGE = 500;

/** Sets the daily timer of a book that holds members' points; setting it again changes nothing. */
export async function schedulePointsExpiry(
  tx: Tx,
  org: number,
  now: Date,
  zone: string,
): Promise<void> {
  const dueAt = startOfDay(addDays(dayOf(now, zone), 1), zone);
  await setTimer(tx, org, { kind: POINTS_EXPIRE, dedupe: 'daily', dueAt });
}

/** Expires what is over at the start of each day of the org's clock, then sets the next day's timer. */
export function pointsExpiryHandler(expiry: PointsExpiry): TimerHandler {
  return async ({ org, now }) => {
    const zone = expiry.zoneOf(org);
    await expirePoints(expiry, org, now, dayOf(now, zone));
    await expiry.db.transact([org], (tx) => schedulePointsExpiry(tx, org, now, zone));
  };
}

/**
 * Expires every lot whose last day is before `today`: Dr points.member / Cr points.issued, and what was
 * provided for it to breakage. Whichever book issued the points, points.issued of the owner's book is
 * credited: it may go below zero there, and only its sum over all books means something.
 * @returns the points that expired.
 */
export async function expirePoints(
  { db, recorder, programmesOf }: PointsExpiry,
  org: number,
  now: Date,
  today: Day,
): Promise<number> {
  let expired = 0;
  for (let after = ''; ;) {
    const members = await membersWithExpired(db, org, today, after);
    if (members.length === 0) return expired;
    const programmes = await programmesOf(org, members);
    const results = await Promise.all(
      members.map((member) =>
        recorder.record(expiryOf(org, member, programmes.get(member), now, today)),
      ),
    );
    for (const result of results) {
      if (result.kind !== 'recorded' && result.kind !== 'replayed')
        throw new Error(`points did not expire: ${result.kind}`);
      expired += Number(result.answer);
    }
    after = members.at(-1) as string;
  }
}

function membersWithExpired(
  db: Database,
  org: number,
  today: Day,
  after: string,
): Promise<string[]> {
  return db.read([org], async (tx) => {
    const rows = await tx.query<{ owner: string }>(
      `select distinct a.owner from ledger.lot l
         join ledger.account a on a.org_id = l.org_id and a.account_id = l.account_id
        where l.org_id = $1 and l.remaining > 0 and l.expires_on < $2::date and a.owner > $3
        order by a.owner limit $4`,
      [org, today, after, PAGE],
    );
    return rows.map(({ owner }) => owner);
  });
}

function expiryOf(
  org: number,
  member: string,
  programme: string | undefined,
  now: Date,
  today: Day,
): Intent {
  if (programme === undefined) throw new Error(`member ${member} is in no programme`);
  const wallet = account('2210', member);
  const key = `${member}/${today}`;
  return {
    org,
    idempotency: {
      principal: 'system:expiry',
      key,
      hash: createHash('sha256').update(key).digest(),
    },
    needs: [need(ledgerPart, org, { account: wallet, lots: true })],
    decide(view) {
      const { points, legs, lotUses } = expiredLots(
        view.of(ledgerPart),
        org,
        member,
        programme,
        today,
      );
      const stamp = {
        kind: POINTS_EXPIRE,
        occurredAt: now,
        valueDate: today,
        actor: 'system:expiry',
      };
      const journal = { journalId: newId(), source: newId(), ...stamp, legs, lotUses };
      return {
        kind: 'accept',
        status: 200,
        answer: String(points),
        items: points > 0 ? [item(ledgerPart, org, journal)] : [],
      };
    },
  };
}
