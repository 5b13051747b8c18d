import { knownGoods } from '#catalog';
import type { CouponsRoom } from '#coupons';
import { newId } from '#kernel/ids';
import { dayOf } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { leaseNow, pointsExpiryHandler, recallLeases, type Relay } from '#ledger';
import {
  allServed,
  birthdayOf,
  findMember,
  hasGuests,
  memberClosed,
  memberUnknown,
  type MembersRoom,
} from '#members';
import { allOrgs, orgByNumber, type OrgFacts } from '#merchants';
import { type Knows, type OwnersOf, progressKeys, readUsage } from '#offers';
import { budgetFor, drawRefusal } from '#partners';
import { issuerByCode, type MemberAtTill, type Till } from '#payments';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import { current, type SnapshotSource } from '#platform/snapshot';
import type { TimerHandler } from '#platform/timer/due-timer';
import type { RewardsEdges } from '#rewards';

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
    const birthday = birthdayOf(room, found);
    return { ...found, birthday, pointValuePpm: programme.pointValuePpm };
  };
}

export interface LeasePort {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly relay: Relay;
  readonly orgs: SnapshotSource<OrgFacts>;
}

/** A lease that sales of one book wait for together. */
interface Flight {
  missing: number;
  readonly done: Promise<boolean>;
}

/**
 * Borrows of a funder's budget for a merchant's book, if it may draw and something is left: as many chunks
 * as the sales lack that ask in the same moment. Who asks while a lease is on its way waits for that one.
 */
export function leaseChunks(port: LeasePort): Till['lease'] {
  const flights = new Map<string, Flight>();
  return async (ctx, funderOrg, budget, missing) => {
    if (funderOrg === ctx.org) return false;
    const name = `${ctx.org}/${budget}`;
    const flying = flights.get(name);
    if (flying) {
      flying.missing += missing;
      return flying.done;
    }
    // One turn of the event loop gathers what a batch of sales lacks.
    const gathered = new Promise<void>((resolve) => setImmediate(resolve));
    const flight: Flight = {
      missing,
      done: gathered
        .then(() => leaseOnce(port, ctx, funderOrg, budget, flight.missing))
        .finally(() => flights.delete(name)),
    };
    flights.set(name, flight);
    return flight.done;
  };
}

async function leaseOnce(
  port: LeasePort,
  ctx: Ctx,
  funderOrg: number,
  budgetId: string,
  missing: number,
): Promise<boolean> {
  const { db, recorder, relay, orgs } = port;
  const budget = await budgetFor(db, funderOrg, budgetId);
  if (drawRefusal(budget, ctx.org)) return false;
  const { zone } = (await orgs.get(ctx.org)).value.org;
  try {
    await leaseNow(recorder, relay, {
      funderOrg,
      borrowerOrg: ctx.org,
      budget: budgetId,
      amount: Math.max(1, Math.ceil(missing / budget.chunk)) * budget.chunk,
      ...leaseStamp('lease', ctx.now, zone),
    });
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'budget_exhausted') return false;
    throw error;
  }
  // A budget that ended meanwhile was recalled before this part of it stood here.
  const { status } = await budgetFor(db, funderOrg, budgetId);
  if (status === 'ended') await recallBudget(port)({ ...ctx, org: funderOrg }, budgetId);
  return status !== 'ended';
}

/** Brings home what the borrowers of an ended budget of `ctx.org` have not used. */
export function recallBudget({ db, recorder, relay, orgs }: LeasePort) {
  return async (ctx: Ctx, budget: string): Promise<void> => {
    const { zone } = (await orgs.get(ctx.org)).value.org;
    const stamp = leaseStamp('recall', ctx.now, zone);
    await recallLeases({ db, recorder, relay }, { funderOrg: ctx.org, budget, ...stamp });
  };
}

function leaseStamp(what: string, occurredAt: Date, zone: string) {
  const id = newId();
  const valueDate = dayOf(occurredAt, zone);
  return { key: `${what}:${id}`, actor: 'system:lease', occurredAt, valueDate, source: id };
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
  coupons: CouponsRoom,
): Knows {
  return {
    merchant: async (org) => (await orgs.get(org)).value.org.kind === 'merchant',
    zone: async (org) => (await orgs.get(org)).value.org.zone,
    guests: (org) => hasGuests(db, org),
    store: async (org, storeId) => (await current(db, orgs, org)).value.stores.has(storeId),
    tier: async (org, tier) =>
      allServed((await current(db, members.programmes, org)).value).some(({ tiers }) =>
        tiers.some(({ code }) => code === tier),
      ),
    goods: (org, named) => knownGoods(db, org, named),
    funder: async (org) => (await orgByNumber(db, org))?.status === 'active',
    async budget(funderOrg, budgetId, borrowerOrg) {
      try {
        const budget = await budgetFor(db, funderOrg, budgetId);
        return drawRefusal(budget, borrowerOrg) ? null : budget.total;
      } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
      }
    },
    async template(org, code) {
      const { value: templates } = await current(db, coupons.templates, org);
      return templates.get(code)?.status === 'active';
    },
    issuer: async (code) => issuerByCode(code) !== undefined,
    orgs: async () => (await allOrgs(db)).map(({ id }) => id),
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

/** What the sales of pools have come to, as the counters of the offers have it. */
export function poolProgress(db: Database): RewardsEdges['progressOf'] {
  return async (org, pools) => {
    const keys = new Map(
      pools.map(({ pool, today, windowDays }) => [pool, progressKeys(pool, today, windowDays)]),
    );
    const usage = await db.read([org], (tx) => readUsage(tx, org, [...keys.values()].flat()));
    const sums = [...keys].map(([pool, counters]) => {
      const used = counters.flatMap((key) => usage[key] ?? []);
      const amount = used.reduce((sum, each) => sum + each.amount, 0);
      return [pool, { amount, count: used.reduce((sum, each) => sum + each.count, 0) }] as const;
    });
    return new Map(sums);
  };
}
