import { join } from 'node:path';
import { accessRefusals, accessRoutes, type AccessRoom, openAccess, permissionSet } from '#access';
import { catalogRefusals, catalogRoutes, priceBook } from '#catalog';
import {
  couponExpiryHandler,
  COUPONS_EXPIRE,
  couponsRefusals,
  type CouponsRoom,
  couponsRoutes,
  openCoupons,
} from '#coupons';
import { insightsRefusals, insightsRoutes } from '#insights';
import { ledgerRefusals, openRelay, POINTS_EXPIRE, type Relay } from '#ledger';
import { memberRefusals, memberRoutes, openMembers, type MembersRoom } from '#members';
import {
  allOrgs,
  knownOrgs,
  merchantsRefusals,
  merchantsRoutes,
  orgByCode,
  orgSnapshots,
  type OrgFacts,
} from '#merchants';
import {
  offersRefusals,
  offersRoutes,
  openLiveOffers,
  type OffersRoom,
  simulateJob,
  simulateRefusals,
  simulationRoutes,
  type Simulator,
} from '#offers';
import { partnersRefusals, partnersRoutes } from '#partners';
import { dryBudgets, pastSales, paymentsRefusals, paymentsRoutes, type Till } from '#payments';
import { realNow } from '#platform/clock';
import type { TrustProxy } from '#platform/config';
import type { Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import type { Pages } from '#platform/http/pages';
import { buildServer, type Server } from '#platform/http/server';
import { type Jobs, openJobs } from '#platform/jobs/open-jobs';
import type { Log } from '#platform/log';
import { clockRefusals, openOrgClocks, type OrgClocks } from '#platform/org-clock';
import { runForgetting } from '#platform/record/forget-keys';
import { openRecorder, type Recorder, type RecorderSettings } from '#platform/record/record';
import { runSeal } from '#platform/seal/run-seal';
import type { SnapshotSource } from '#platform/snapshot';
import { tellErrors } from '#platform/tell-errors';
import { runTimers, type TimerRunner } from '#platform/timer/run-timers';
import type { TimerHandler } from '#platform/timer/due-timer';
import type { Vault } from '#platform/vault/field';
import { arrivalHandlers, GROWTH_TIMER, growthHandler, rewardsRoutes } from '#rewards';
import {
  knowledge,
  leaseChunks,
  memberAtTill,
  ownersOf,
  pointsExpiry,
  poolProgress,
  recallBudget,
} from './app-ports.ts';
import { sealSources } from './cli/audit/audit-books.ts';
import { clockRoutes } from './clock-routes.ts';
import { ownerRoutes } from './owner-routes.ts';
import { simulateApart } from './simulate-apart.ts';

const PAGES: Pages = {
  root: join(import.meta.dirname, '..', 'web', 'dist'),
  apps: [
    { path: '/pos', folder: 'cashier' },
    { path: '/m', folder: 'merchant' },
  ],
  home: '/m',
};

export interface AppSettings {
  readonly db: Database;
  readonly vault: Vault;
  readonly log: Log;
  readonly recorder?: RecorderSettings;
  /** Seals the books behind the writes and anchors the chains in this file; left out by commands. */
  readonly anchorFile?: string;
  /** Carries background jobs out, some in threads that open this database themselves; left out by commands. */
  readonly jobsUrl?: string;
  /** Whose word on the caller's address is believed; nobody's unless said. */
  readonly trustProxy?: TrustProxy;
  /** Validates every reply against its contract: for tests. */
  readonly checkReplies?: boolean;
}

/** The rooms put together over one database. */
export interface Rooms {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly relay: Relay;
  readonly clocks: OrgClocks;
  readonly timers: TimerRunner;
  readonly orgs: SnapshotSource<OrgFacts>;
  readonly access: AccessRoom;
  readonly members: MembersRoom;
  readonly offers: OffersRoom;
  readonly coupons: CouponsRoom;
  readonly simulator: Simulator;
  readonly jobs: Jobs;
  readonly till: Till;
  readonly timerHandlers: Readonly<Record<string, TimerHandler>>;
}

/** The rooms at work. The only place that knows them all. */
export interface App extends Rooms {
  /** The HTTP server over these rooms; it does not listen yet. */
  server(version: string): Promise<Server>;
  /** Lets what is in flight come to its end, then closes what was opened; the database stays open. */
  close(): Promise<void>;
}

export async function openApp(settings: AppSettings): Promise<App> {
  const { db, vault, log, recorder: lanes, anchorFile, checkReplies = false } = settings;
  const { trustProxy = null } = settings;
  const told = teller(log);
  const recorder = openRecorder(db, lanes);
  const clocks = await openOrgClocks(db);
  const orgs = orgSnapshots(db);
  const access = openAccess(db, async (code) => (await orgByCode(db, code))?.id ?? null);
  const members = openMembers(db, vault, orgs);
  const coupons = openCoupons(db, orgs, members);
  const offers: OffersRoom = { db, knows: knowledge(db, orgs, members, coupons) };
  const relay = openRelay({ db, recorder, onError: told('a transfer between books') });
  const timerHandlers = handlersOf({ db, recorder, orgs, members });
  const timers = runTimers({
    db,
    handlers: timerHandlers,
    clockOf: (org) => clocks.now(org),
    onError: told('a timer'),
  });
  const behind = anchorFile === undefined ? [] : behindTheWrites(db, anchorFile, told);
  const simulator = simulatorOf({ db, orgs, members, offers });
  const jobs = jobsOf(simulator, settings.jobsUrl, told);
  const till = tillOf({ db, recorder, relay, orgs, members, coupons, simulator });
  const rooms: Rooms = {
    db,
    recorder,
    relay,
    clocks,
    timers,
    orgs,
    access,
    members,
    offers,
    coupons,
    simulator,
    jobs,
    till,
    timerHandlers,
  };
  const routes = routesOf(rooms);
  return {
    ...rooms,
    server: (version) =>
      buildServer({
        routes,
        pages: PAGES,
        authenticate: access.bearers.authenticate,
        clockOf: (org) => (org === 0 ? realNow() : clocks.now(org)),
        digest: vault.digest,
        permissions: permissionSet,
        refusals: REFUSALS,
        log,
        version,
        trustProxy,
        ping: () => db.pool.query('select 1'),
        checkReplies,
      }),
    async close() {
      await jobs.close();
      await recorder.idle();
      await Promise.all([timers.close(), relay.close(), clocks.close()]);
      await Promise.all(behind.map((work) => work.close()));
      await recorder.close();
    },
  };
}

/** What a sale draws on. */
function tillOf(
  rooms: Pick<Rooms, 'db' | 'recorder' | 'relay' | 'orgs' | 'members' | 'coupons' | 'simulator'>,
): Till {
  const { db, recorder, orgs, members, coupons, simulator } = rooms;
  return {
    db,
    recorder,
    orgs,
    prices: priceBook(db),
    offers: simulator.live,
    coupons,
    findMember: memberAtTill(members),
    lease: leaseChunks(rooms),
    carry: (org, peer) => rooms.relay.carryBetween(org, peer),
    dry: dryBudgets(),
    tokenOf: (org, digits) => members.vault.blind(org, `card/${digits}`).toString('base64url'),
  };
}

/** What simulating draws on: the live offers of the till, and its past sales. */
function simulatorOf({
  db,
  orgs,
  members,
  offers,
}: Pick<Rooms, 'db' | 'orgs' | 'members' | 'offers'>): Simulator {
  const live = openLiveOffers(db, ownersOf(members), members.programmes);
  const zoneOf = async (org: number) => (await orgs.get(org)).value.org.zone;
  return { db, knows: offers.knows, live, past: pastSales(db), zoneOf };
}

/** What the timers of each kind do. */
function handlersOf(
  rooms: Pick<Rooms, 'db' | 'recorder' | 'orgs' | 'members'>,
): Rooms['timerHandlers'] {
  const { db, orgs } = rooms;
  const zoneOf = async (org: number) => (await orgs.get(org)).value.org.zone;
  return {
    [POINTS_EXPIRE]: pointsExpiry(rooms),
    [COUPONS_EXPIRE]: couponExpiryHandler({ db, zoneOf }),
    ...arrivalHandlers({ db, recorder: rooms.recorder, zoneOf }),
    [GROWTH_TIMER]: growthHandler(rooms.recorder),
  };
}

/** Says what failed in the background, the same failure of the same work once and then as a count. */
function teller(log: Log): (what: string) => (error: unknown) => void {
  const tell = tellErrors(log);
  return (what) => (error) => {
    const key = `${what} ${(error as Error).message}`;
    tell(key, { err: error }, `${what} failed; it is tried again`);
  };
}

/** Background work that is never money. Without a database to open, jobs are only sent. */
function jobsOf(
  simulator: Simulator,
  url: string | undefined,
  told: (what: string) => (error: unknown) => void,
): Jobs {
  const apart = simulateApart(url ?? '');
  const kinds = [simulateJob(simulator, apart, told('a simulation'))];
  const onError = told('the queue of jobs');
  return openJobs({ db: simulator.db, kinds, working: url !== undefined, onError });
}

/** What runs beside the requests in one process: seals the books, forgets old keys. */
function behindTheWrites(
  db: Database,
  anchorFile: string,
  told: (what: string) => (error: unknown) => void,
): readonly { close(): Promise<void> }[] {
  const orgs = async () => (await allOrgs(db)).map(({ id }) => id);
  const onError = told('sealing the books');
  return [
    runSeal({ db, sources: sealSources, orgs, anchorFile, onError }),
    runForgetting({ db, orgs, onError: told('forgetting old keys') }),
  ];
}

function routesOf({ db, recorder, relay, clocks, orgs, timerHandlers, ...rooms }: Rooms): Route[] {
  const zoneOf = async (org: number) => (await orgs.get(org)).value.org.zone;
  return [
    ...accessRoutes(rooms.access),
    ...merchantsRoutes(db),
    ...ownerRoutes({ db, clocks }),
    ...partnersRoutes(
      { db, recorder, zoneOf },
      (ids) => knownOrgs(db, ids),
      recallBudget({ db, recorder, relay, orgs }),
    ),
    ...memberRoutes(rooms.members),
    ...catalogRoutes({ db, orgs }),
    ...offersRoutes(rooms.offers),
    ...couponsRoutes(rooms.coupons),
    ...simulationRoutes(rooms.simulator, rooms.jobs),
    ...rewardsRoutes({ db, members: rooms.members, progressOf: poolProgress(db) }),
    ...paymentsRoutes(rooms.till),
    ...insightsRoutes({ db, orgs }),
    ...clockRoutes({ db, clocks, handlers: timerHandlers, orgs, relay }),
  ];
}

const REFUSALS = [
  ...accessRefusals,
  ...merchantsRefusals,
  ...partnersRefusals,
  ...memberRefusals,
  ...catalogRefusals,
  ...ledgerRefusals,
  ...offersRefusals,
  ...simulateRefusals,
  ...couponsRefusals,
  ...paymentsRefusals,
  ...insightsRefusals,
  ...clockRefusals,
];
