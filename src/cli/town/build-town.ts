import { createApiKey, createStaff, hashPassword, KEY_PERMISSIONS } from '#access';
import { putProducts, setStock } from '#catalog';
import { dayOf } from '#kernel/day';
import { fen } from '#kernel/money';
import { Refused } from '#kernel/refusal';
import { fundBudget, latestOf } from '#ledger';
import { createProgramme, enrolStore, listProgrammes } from '#members';
import {
  createOrg,
  createStore,
  type Org,
  orgByCode,
  type OrgKind,
  type WantedOrg,
} from '#merchants';
import { createOffer, type DefinitionInput, listOffers, publishOffer } from '#offers';
import { budgetByCode, openBudget } from '#partners';
import type { Ctx } from '#platform/context';
import { setClock } from '#platform/org-clock';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { brand, type CastMerchant, type CastStaff, lanting, merchants, operator } from './cast.ts';
import { chanceOf } from './chance.ts';
import { keepApiKey, readApiKey, townPassword } from './logins.ts';
import { type BudgetRef, brandOffers, lantingOffers, sunriseOffers } from './town-offers.ts';

export const ZONE = 'Asia/Shanghai';

export interface BuiltMerchant {
  readonly cast: CastMerchant;
  readonly org: number;
  readonly storeIds: ReadonlyMap<string, string>;
  /** Programme of its own, and the brand's where its stores serve it. */
  readonly programmes: { readonly own: string; readonly brand: string | undefined };
}

export interface BuiltTown {
  readonly operator: number;
  readonly brand: number;
  readonly merchants: readonly BuiltMerchant[];
}

interface Site {
  readonly app: App;
  /** When the town's first day begins. */
  readonly begin: Date;
  readonly password: string;
}

/** Builds what of the town is not there yet, all by the verbs. */
export async function buildTown(app: App, begin: Date, dataDir: string): Promise<BuiltTown> {
  const site = { app, begin, password: townPassword(dataDir) };
  const head = await orgFor(site, 0, { ...operator, kind: 'operator' });
  await staffFor(site, head.id, operator.staff, new Map());
  const maker = await orgFor(site, head.id, { ...brand, kind: 'brand' });
  await staffFor(site, maker.id, brand.staff, new Map());
  const club = await programmeFor(site, maker.id, brand.programme, 1_000_000);
  const built: BuiltMerchant[] = [];
  for (const cast of merchants)
    built.push(await buildMerchant(site, head.id, cast, { org: maker.id, programme: club }));
  const shops = new Map(built.map((merchant) => [merchant.cast.code, merchant.org]));
  const budget = await budgetFor(site, maker.id, [...shops.values()]);
  const from = dayOf(begin, ZONE);
  await offersFor(site, maker.id, brandOffers(from));
  for (const { cast, org } of built)
    await offersFor(
      site,
      org,
      cast === lanting ? lantingOffers(from, budget) : sunriseOffers(from),
    );
  await apiKeyFor(site, built[0] as BuiltMerchant, dataDir);
  return { operator: head.id, brand: maker.id, merchants: built };
}

async function orgFor(
  { app, begin }: Site,
  by: number,
  { code, name, kind }: Pick<WantedOrg, 'code' | 'name'> & { readonly kind: OrgKind },
): Promise<Org> {
  const found = await orgByCode(app.db, code);
  const wanted = { code, name, kind, zone: ZONE, sandbox: true };
  const org = found ?? (await createOrg(app.db, systemCtx(by, 'town', begin), wanted));
  if (app.clocks.now(org.id).getTime() > begin.getTime() && (await isNew(app, org.id, begin))) {
    const work = {
      ...app,
      handlers: app.timerHandlers,
      isSandbox: async () => org.sandbox,
      latestOf,
    };
    await setClock(work, systemCtx(org.id, 'town', begin), begin);
  }
  return org;
}

/** Whether the org's clock neither stands nor was let go after its days: an interrupted seeding goes on from there. */
function isNew({ db }: App, org: number, begin: Date): Promise<boolean> {
  return db.read([org], async (tx) => {
    const set = await tx.query('select from platform.clock where org_id = $1', [org]);
    const latest = await latestOf(tx, org);
    return set.length === 0 && (!latest || latest.getTime() <= begin.getTime());
  });
}

async function buildMerchant(
  site: Site,
  by: number,
  cast: CastMerchant,
  club: { readonly org: number; readonly programme: string },
): Promise<BuiltMerchant> {
  const { app, begin } = site;
  const { id: org } = await orgFor(site, by, { ...cast, kind: 'merchant' });
  const ctx = systemCtx(org, 'town', begin);
  const storeIds = await storesFor(app, ctx, cast);
  await staffFor(site, org, cast.staff, storeIds);
  await app.db.transact([org], (tx) => putProducts(tx, ctx, cast.goods));
  await stockFor(app, ctx, cast, storeIds);
  const own = await programmeFor(site, org, cast.programme, 800_000);
  const runs = cast.code === brand.runsAt;
  for (const storeId of storeIds.values()) {
    await enrolStore(app.members, ctx, { programmeId: own, storeId });
    const foreign = { programmeId: club.programme, ownerOrg: club.org, storeId, priority: 1 };
    if (runs) await enrolStore(app.members, ctx, foreign);
  }
  app.members.programmes.forget(org);
  return { cast, org, storeIds, programmes: { own, brand: runs ? club.programme : undefined } };
}

async function storesFor(
  app: App,
  ctx: Ctx,
  { stores }: CastMerchant,
): Promise<Map<string, string>> {
  app.orgs.forget(ctx.org);
  const { value: known } = await app.orgs.get(ctx.org);
  const ids = new Map<string, string>();
  for (const { weight: _weight, ...wanted } of stores) {
    const found = known.storeByCode.get(wanted.code);
    ids.set(wanted.code, (found ?? (await createStore(app.db, ctx, wanted))).id);
  }
  app.orgs.forget(ctx.org);
  return ids;
}

async function staffFor(
  { app, begin, password }: Site,
  org: number,
  staff: readonly CastStaff[],
  storeIds: ReadonlyMap<string, string>,
): Promise<void> {
  const ctx = systemCtx(org, 'town', begin);
  for (const { login, name, role, store } of staff) {
    const stores = store === undefined ? null : [storeIds.get(store) as string];
    const passwordHash = await hashPassword(password);
    await app.db
      .transact([org], (tx) => createStaff(tx, ctx, { login, name, role, stores, passwordHash }))
      .catch(unless('login_taken'));
  }
}

function unless(code: string) {
  return (error: unknown) => {
    if (!(error instanceof Refused) || error.refusal.code !== code) throw error;
  };
}

async function stockFor(
  app: App,
  ctx: Ctx,
  { code, goods }: CastMerchant,
  storeIds: ReadonlyMap<string, string>,
): Promise<void> {
  const chance = chanceOf(`stock/${code}`);
  for (const storeId of storeIds.values()) {
    const lines = goods.map(({ sku, price }) => ({
      sku,
      quantity: Math.round((chance.whole(3, 9) * 100) / Math.sqrt(price / 1_000)),
    }));
    const [there] = await app.db.read([ctx.org], (tx) =>
      tx.query('select from catalog.stock where org_id = $1 and store_id = $2 limit 1', [
        ctx.org,
        storeId,
      ]),
    );
    if (!there) await app.db.transact([ctx.org], (tx) => setStock(tx, ctx, { storeId, lines }));
  }
}

async function programmeFor(
  { app, begin }: Site,
  org: number,
  { code, name }: CastMerchant['programme'],
  pointValuePpm: number,
): Promise<string> {
  const ctx = systemCtx(org, 'town', begin);
  const { items } = await listProgrammes(app.members, ctx, { limit: 100 });
  const found = items.find((each) => each.code === code);
  if (found) return found.programmeId;
  const made = await app.db.transact([org], (tx) =>
    createProgramme(tx, ctx, { code, name, pointValuePpm }),
  );
  return made.programmeId;
}

async function budgetFor(
  { app, begin }: Site,
  funderOrg: number,
  borrowers: readonly number[],
): Promise<BudgetRef> {
  const ctx = systemCtx(funderOrg, 'town', begin);
  const { code, name, total, chunk } = brand.budget;
  const wanted = { code, name, total: fen(total), chunk: fen(chunk), borrowers };
  const { id } =
    (await budgetByCode(app.db, funderOrg, code)) ?? (await openBudget(app.db, ctx, wanted));
  await fundBudget(app.recorder, {
    key: `fund:${id}`,
    actor: 'system:town',
    occurredAt: begin,
    valueDate: dayOf(begin, ZONE),
    source: id,
    org: funderOrg,
    budget: id,
    amount: total,
    total,
  });
  return { funderOrg, budget: id };
}

async function offersFor(
  { app, begin }: Site,
  org: number,
  offers: readonly DefinitionInput[],
): Promise<void> {
  const ctx = systemCtx(org, 'town', begin);
  const before = await listOffers(app.db, ctx, { limit: 100 });
  for (const definition of offers) {
    const found = before.find(({ code }) => code === definition.code);
    if (found?.published) continue;
    const { id } = found ?? (await createOffer(app.offers, ctx, definition));
    await publishOffer(app.offers, ctx, id);
  }
}

/** A key for everything a till and a shop's own programs do. */
async function apiKeyFor(
  { app, begin }: Site,
  { org }: BuiltMerchant,
  dataDir: string,
): Promise<void> {
  if (readApiKey(dataDir) !== null) return;
  const ctx = systemCtx(org, 'town', begin);
  const key = { name: 'Quick start', scopes: KEY_PERMISSIONS, stores: null, expires: null };
  const { secret } = await app.db.transact([org], (tx) => createApiKey(tx, ctx, key));
  keepApiKey(dataDir, secret);
}
