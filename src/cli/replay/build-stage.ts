import { createOrg, createStore, type Org, orgByCode } from '#merchants';
import { createProgramme, enrolStore, listProgrammes } from '#members';
import { createOffer, listOffers, parseDefinition, publishOffer } from '#offers';
import { budgetByCode, openBudget } from '#partners';
import { fundBudget, latestOf } from '#ledger';
import { putProducts } from '#catalog';
import { dayOf } from '#kernel/day';
import { fen } from '#kernel/money';
import { must, Refused, type Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { setClock } from '#platform/org-clock';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { type OfferSetFile, withBudgets } from './offer-set.ts';
import { notForReplay, otherOffers } from './refusals.ts';

export const ZONE = 'Europe/London';
const STORE = 'main';
const PROGRAMME = 'club';

/** A product as the tickets know it: named and priced where it first appears. Price in fen. */
export interface TicketProduct {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
}

export interface StageAsked {
  /** The merchant's code; made if it is not there. */
  readonly code: string;
  readonly name: Text;
  readonly offers: OfferSetFile;
  readonly products: readonly TicketProduct[];
  /** When the first ticket's day begins. */
  readonly begin: Date;
}

/** Where the tickets are taken: a sandbox merchant of the file's own. */
export interface Stage {
  readonly org: number;
  readonly code: string;
  readonly storeId: string;
  readonly programmeId: string;
}

/** Makes what the tickets need, as far as it is not there from an earlier run. @throws Refused */
export async function buildStage(app: App, asked: StageAsked): Promise<Stage> {
  const merchant = await orgFor(app, asked, 'merchant', asked.code);
  const org = merchant.id;
  const ctx = systemCtx(org, 'replay', asked.begin);
  const storeId = await storeFor(app, ctx, merchant);
  const programmeId = await programmeFor(app, ctx, storeId);
  await putAll(app, ctx, asked.products);
  await offersFor(app, ctx, asked);
  return { org, code: merchant.code, storeId, programmeId };
}

async function orgFor(
  app: App,
  { name, begin }: StageAsked,
  kind: 'merchant' | 'brand',
  code: string,
): Promise<Org> {
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

async function storeFor(app: App, ctx: Ctx, { name }: Org): Promise<string> {
  app.orgs.forget(ctx.org);
  const { value } = await app.orgs.get(ctx.org);
  const store =
    value.storeByCode.get(STORE) ?? (await createStore(app.db, ctx, { code: STORE, name }));
  app.orgs.forget(ctx.org);
  return store.id;
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

/** Publishes the set once; a merchant that was replayed with other offers keeps them and is refused. */
async function offersFor(app: App, ctx: Ctx, asked: StageAsked): Promise<void> {
  const { budgets, offers } = asked.offers;
  const funder =
    budgets.length > 0 ? (await orgFor(app, asked, 'brand', funderCode(asked.code))).id : 0;
  const ids = new Map<string, string>();
  for (const budget of budgets) ids.set(budget.code, await budgetFor(app, ctx, funder, budget));
  const before = await listOffers(app.db, ctx, { limit: 500 });
  const wanted = new Set(offers.map(({ code }) => code));
  must(
    before.every(({ code }) => wanted.has(code)),
    () => otherOffers(asked.code),
  );
  for (const offer of offers) {
    const definition = withBudgets(offer, funder, ids);
    const found = before.find(({ code }) => code === offer.code);
    if (found?.published) {
      const parsed = parseDefinition(definition);
      const same = 'definition' in parsed && isSame(parsed.definition, found.published);
      if (!same) throw new Refused(otherOffers(asked.code));
      continue;
    }
    const { id } = found ?? (await createOffer(app.offers, ctx, definition));
    await publishOffer(app.offers, ctx, id);
  }
  app.till.offers.forget(ctx.org);
}

/** A brand's code beside the merchant's. */
export function funderCode(merchant: string): string {
  return `${merchant.slice(0, 33)}-brand`;
}

async function budgetFor(
  app: App,
  { org: borrower, now }: Ctx,
  funder: number,
  wanted: OfferSetFile['budgets'][number],
): Promise<string> {
  const ctx = systemCtx(funder, 'replay', now);
  const { code, name, total, chunk } = wanted;
  const { id } =
    (await budgetByCode(app.db, funder, code)) ??
    (await openBudget(app.db, ctx, {
      code,
      name,
      total: fen(total),
      borrowers: [borrower],
      ...(chunk !== undefined && { chunk: fen(chunk) }),
    }));
  await fundBudget(app.recorder, {
    key: `fund:${id}`,
    actor: 'system:replay',
    occurredAt: now,
    valueDate: dayOf(now, ZONE),
    source: id,
    org: funder,
    budget: id,
    amount: total,
    total,
  });
  return id;
}

/** Compares as stored: the order of keys says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
