import { newId } from '#kernel/ids';
import { dayOf } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { leaseNow, pointsExpiryHandler, type Relay } from '#ledger';
import { allServed, findMember, memberClosed, memberUnknown, type MembersRoom } from '#members';
import type { OrgFacts } from '#merchants';
import type { Knows, OwnersOf } from '#offers';
import { budgetFor, drawRefusal } from '#partners';
import type { MemberAtTill, Till } from '#payments';
import type { Database } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import { current, type SnapshotSource } from '#platform/snapshot';
import type { TimerHandler } from '#platform/timer/due-timer';

/** Finds the member of a sale with what a reward needs to know of the programme. */
export function memberAtTill(room: MembersRoom): Till['findMember'] {
  return async ({ org }, storeId, { phone, memberId, programmeId }): Promise<MemberAtTill> => {
    must(phone !== undefined || memberId !== undefined, memberUnknown);
    const found = await findMember(
      room,
      org,
      phone === undefined
        ? { storeId, programmeId, memberId: memberId ?? '' }
        : { storeId, programmeId, phone },
    );
    must(found, memberUnknown);
    must(found.status === 'active', memberClosed);
    const { value: served } = await room.programmes.get(org);
    const programme = served.byStore
      .get(storeId)
      ?.find((each) => each.programmeId === found.programmeId);
    must(programme, memberUnknown);
    return { ...found, pointValuePpm: programme.pointValuePpm };
  };
}

export interface LeasePort {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly relay: Relay;
  readonly orgs: SnapshotSource<OrgFacts>;
}

/** Borrows one chunk of a funder's budget for a merchant's book, if it may draw and something is left. */
export function leaseChunk({ db, recorder, relay, orgs }: LeasePort): Till['lease'] {
  return async (ctx, funderOrg, budgetId) => {
    if (funderOrg === ctx.org) return false;
    const budget = await budgetFor(db, funderOrg, budgetId);
    if (drawRefusal(budget, ctx.org)) return false;
    const { zone } = (await orgs.get(ctx.org)).value.org;
    const id = newId();
    try {
      await leaseNow(recorder, relay, {
        funderOrg,
        borrowerOrg: ctx.org,
        budget: budgetId,
        amount: budget.chunk,
        key: `lease:${id}`,
        actor: 'system:lease',
        occurredAt: ctx.now,
        valueDate: dayOf(ctx.now, zone),
        source: id,
      });
      return true;
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === 'budget_exhausted') return false;
      throw error;
    }
  };
}

/** The programmes that a merchant's stores serve. */
export function ownersOf(room: MembersRoom): OwnersOf {
  return async (org) => allServed((await room.programmes.get(org)).value);
}

/** What publishing an offer checks in other rooms. */
export function knowledge(
  db: Database,
  orgs: SnapshotSource<OrgFacts>,
  members: MembersRoom,
): Knows {
  return {
    merchant: async (org) => (await orgs.get(org)).value.org.kind === 'merchant',
    store: async (org, storeId) => (await current(db, orgs, org)).value.stores.has(storeId),
    tier: async (org, tier) =>
      allServed((await current(db, members.programmes, org)).value).some(({ tiers }) =>
        tiers.some(({ code }) => code === tier),
      ),
    async budget(funderOrg, budgetId, borrowerOrg) {
      try {
        return drawRefusal(await budgetFor(db, funderOrg, budgetId), borrowerOrg) === undefined;
      } catch (error) {
        if (error instanceof Refused) return false;
        throw error;
      }
    },
  };
}

interface ExpiryPort {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly orgs: SnapshotSource<OrgFacts>;
  readonly members: MembersRoom;
}

/** Lets points expire at the end of each day of the book's own zone. */
export function pointsExpiry({ db, recorder, orgs, members }: ExpiryPort): TimerHandler {
  const programmesOf = async (org: number, ids: readonly string[]) => {
    const found = await Promise.all(ids.map((memberId) => members.lookUp.byId({ org, memberId })));
    return new Map(
      found.flatMap((member) => (member ? [[member.memberId, member.programmeId]] : [])),
    );
  };
  return async (timer) => {
    const { zone } = (await orgs.get(timer.org)).value.org;
    await pointsExpiryHandler({ db, recorder, zoneOf: () => zone, programmesOf })(timer);
  };
}
