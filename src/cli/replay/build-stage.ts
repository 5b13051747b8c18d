import { createOrg, createStore, type Org, orgByCode } from '#merchants';
import { createProgramme, enrolStore, listProgrammes } from '#members';
import { latestOf } from '#ledger';
import { putProducts } from '#catalog';
import { must, type Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { setClock } from '#platform/org-clock';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import type { OfferSetFile } from './offer-set.ts';
import { fundersFor, putBudgets } from './put-budgets.ts';
import { putOffers } from './put-offers.ts';
import { notForReplay } from './refusals.ts';
import { type Stage, type StageAsked, type TicketProduct, ZONE } from './stage.ts';

const STORE = 'main';
const PROGRAMME = 'club';
const READS_MEMBER = /"(?:type|kind)":"(?:coupon|tier)"|"tiers":/;

/** Makes what the tickets need, as far as it is not there from an earlier run. @throws Refused */
export async function buildStage(app: App, asked: StageAsked): Promise<Stage> {
  const { code, name, begin, offers } = asked;
  const merchant = await orgFor(app, { code, name, kind: 'merchant', begin });
  const org = merchant.id;
  const ctx = systemCtx(org, 'replay', begin);
  const main = { code: STORE, name: merchant.name };
  const stores = await storesFor(app, ctx, [main, ...offers.stores]);
  const storeId = stores.get(STORE) as string;
  const programmeId = await programmeFor(app, ctx, storeId);
  await putAll(app, ctx, asked.products);
  const funders = await fundersFor(asked, (wanted) => orgFor(app, { ...wanted, begin }));
  const budgets = await putBudgets(app, ctx, asked, funders);
  const readsMember = READS_MEMBER.test(JSON.stringify(offers.offers));
  await putOffers(app, ctx, asked, { funders, budgets, stores });
  return { org, code: merchant.code, storeId, programmeId, funders, budgets, readsMember };
}

interface WantedOrg {
  readonly code: string;
  readonly name: Text;
  readonly kind: 'merchant' | 'brand' | 'issuer';
  readonly begin: Date;
}

async function orgFor(app: App, { code, name, kind, begin }: WantedOrg): Promise<Org> {
  const found = await orgByCode(app.db, code);
  if (found) must(found.sandbox && found.kind === kind, () => notForReplay(code));
  const system = systemCtx(0, 'replay', begin);
  const org =
    found ?? (await createOrg(app.db, system, { code, name, kind, zone: ZONE, sandbox: true }));
  const work = {
    ...app,
    handlers: app.timerHandlers,
    isSandbox: async () => org.sandbox,
    latestOf,
  };
  const ctx = systemCtx(org.id, 'replay', begin);
  if (!found) await setClock(work, ctx, begin);
  return org;
}

async function storesFor(
  app: App,
  ctx: Ctx,
  wanted: OfferSetFile['stores'],
): Promise<ReadonlyMap<string, string>> {
  app.orgs.forget(ctx.org);
  const { value } = await app.orgs.get(ctx.org);
  const ids = new Map<string, string>();
  for (const { code, name } of wanted) {
    const store = value.storeByCode.get(code) ?? (await createStore(app.db, ctx, { code, name }));
    ids.set(code, store.id);
  }
  app.orgs.forget(ctx.org);
  return ids;
}

async function programmeFor(app: App, ctx: Ctx, storeId: string): Promise<string> {
  const { items } = await listProgrammes(app.members, ctx, { limit: 100 });
  const found = items.find(({ code }) => code === PROGRAMME);
  const name = { zh: '会员计划', en: 'Club' };
  const programme =
    found ??
    (await app.db.transact([ctx.org], (tx) =>
      createProgramme(tx, ctx, { code: PROGRAMME, name, pointValuePpm: 800_000 }),
    ));
  const { programmeId } = programme;
  await enrolStore(app.members, ctx, { programmeId, storeId });
  app.members.programmes.forget(ctx.org);
  return programmeId;
}

const PRODUCTS_AT_ONCE = 1_000;

async function putAll({ db }: App, ctx: Ctx, products: readonly TicketProduct[]): Promise<void> {
  for (let at = 0; at < products.length; at += PRODUCTS_AT_ONCE) {
    const some = products.slice(at, at + PRODUCTS_AT_ONCE).map(wantedProduct);
    await db.transact([ctx.org], (tx) => putProducts(tx, ctx, some));
  }
}

function wantedProduct({ sku, name, price }: TicketProduct) {
  return { sku, name: { zh: name, en: name }, category: null, brand: null, price };
}
