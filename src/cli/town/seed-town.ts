import { addDays, type Day, dayOf, startOfDay } from '#kernel/day';
import { allOrgs } from '#merchants';
import { realNow } from '#platform/clock';
import { releaseClock } from '#platform/org-clock';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { buildTown, type BuiltTown, ZONE } from './build-town.ts';
import { brand, operator } from './cast.ts';
import { planTrade, type TradeDay } from './plan-trade.ts';
import { advance, openTrader } from './trade-days.ts';

export interface TownAsked {
  /** Where the logins and the first merchant's API key are kept. */
  readonly dataDir: string;
  /** The day it is; trade ends the day before. */
  readonly today: Day;
  readonly days?: number | undefined;
  readonly seed?: string | undefined;
  /** Stops between two days; the next seeding goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((day: Day, done: number, of: number) => void) | undefined;
}

const DAYS = 30;
const SEED = 'west-lake';

/** Whether the database wants a town: it has no org, or a town whose seeding was interrupted. */
export async function wantsTown({ db }: App): Promise<boolean> {
  const orgs = await allOrgs(db);
  if (orgs.length === 0) return true;
  const head = orgs.find(({ code, sandbox }) => code === operator.code && sandbox);
  if (!head) return false;
  const released = await db.read([head.id], (tx) =>
    tx.query("select from platform.audit where org_id = $1 and verb = 'clock.release' limit 1", [
      head.id,
    ]),
  );
  return released.length === 0;
}

/**
 * Makes a small town and lets it trade, all by the verbs and in the orgs' own time, then gives their
 * clocks back. The same seed and day make the same sales. Interrupted, it goes on where it stopped.
 */
export async function seedTown(app: App, asked: TownAsked): Promise<BuiltTown> {
  const { today, days = DAYS, seed = SEED, onProgress = () => undefined } = asked;
  const from = (await beganOn(app)) ?? addDays(today, -days);
  const town = await buildTown(app, startOfDay(from, ZONE), asked.dataDir);
  const traders = town.merchants.map((merchant) => ({
    trader: openTrader(app, merchant),
    plan: planTrade({
      merchant: merchant.cast,
      brandMembers: merchant.programmes.brand === undefined ? 0 : brand.members,
      from,
      days,
      seed,
    }),
  }));
  for (let index = 0; index < days; index++) {
    const day = addDays(from, index);
    asked.signal?.throwIfAborted();
    onProgress(day, index, days);
    await Promise.all(
      [town.operator, town.brand].map((org) => advance(app, org, startOfDay(day, ZONE))),
    );
    await Promise.all(traders.map(({ trader, plan }) => trader.trade(plan[index] as TradeDay)));
  }
  await app.relay.settle();
  await release(app, town);
  return town;
}

/** Brings the clocks to the present and lets them go, the operator's last: by it the town is known to be whole. */
async function release(app: App, town: BuiltTown): Promise<void> {
  for (const org of [...town.merchants.map((each) => each.org), town.brand, town.operator]) {
    await advance(app, org, realNow());
    await releaseClock(app, systemCtx(org, 'town', app.clocks.now(org)));
  }
}

/** The first day of a town that was begun before. */
async function beganOn({ db }: App): Promise<Day | undefined> {
  const head = (await allOrgs(db)).find(({ code }) => code === operator.code);
  return head && dayOf(head.createdAt, ZONE);
}
