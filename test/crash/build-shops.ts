import { createApiKey } from '#access';
import { putProducts } from '#catalog';
import { newId } from '#kernel/ids';
import { fen } from '#kernel/money';
import { fundBudget } from '#ledger';
import { createProgramme, enrolStore, joinMember, joinMembers, type Programme } from '#members';
import { createOrg, createStore, type OrgKind } from '#merchants';
import { createOffer, type DefinitionInput, publishOffer } from '#offers';
import { openBudget } from '#partners';
import { realNow } from '#platform/clock';
import type { Ctx } from '#platform/context';
import type { App } from '../../src/app.ts';
import { systemCtx } from '../../src/cli/system-ctx.ts';
import { COUPON_OFFERS, giveCoupons } from './give-coupons.ts';

/** A store to sell in, with a key of its merchant and the customers of each programme that it serves. */
export interface Shop {
  readonly org: number;
  readonly storeId: string;
  readonly token: string;
  readonly skus: readonly string[];
  readonly customers: readonly { readonly phone: string; readonly programme_id: string }[];
}

const CUSTOMERS = 20;
const schedule = { from: '2020-01-01' };
const POINTS: DefinitionInput = {
  code: 'points',
  name: named('points'),
  schedule,
  benefits: [
    {
      kind: 'points',
      earn: { by: 'per_yuan', rate: 1_000_000 },
      expiry: { type: 'end_of_year', years: 1 },
    },
  ],
};
const OFF: DefinitionInput = {
  code: 'off',
  name: named('off'),
  schedule,
  benefits: [{ kind: 'discount', off: { by: 'amount', amount: 700 }, spend: 10_000 }],
};

/** Back with the fourth sale of a day, and the next business day. */
const WAITING: DefinitionInput = {
  code: 'waiting',
  name: named('waiting'),
  schedule,
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'rate', rate: 20_000 },
      timing: { type: 'cumulative', window: { type: 'day' }, reach: { count: 4 } },
    },
    {
      kind: 'cashback',
      earn: { by: 'rate', rate: 10_000 },
      timing: { type: 'business_days', days: 1 },
    },
    { kind: 'growth', earn: { by: 'per_yuan', rate: 1_000_000 } },
  ],
};

function cashback(funder: number, budget: string): DefinitionInput {
  const funding = [{ party: 'funder' as const, funder_org: funder, budget, share: 1_000_000 }];
  return {
    code: 'cashback',
    name: named('cashback'),
    schedule,
    benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 50_000 } }],
    limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 1_000_000_000 }] },
    funding,
  };
}

/**
 * Three merchants, made through the verbs: each with points of its own programme, a discount and cashback
 * from a bank's budget in small leases, rewards that wait, and coupons that sales use and give; two of them also serve a brand's programme, whose points cross books.
 */
export async function buildShops(app: App): Promise<Shop[]> {
  await org(app, 'operator', 'operator');
  const bank = await org(app, 'bank', 'issuer');
  const brand = await org(app, 'brand', 'brand');
  const merchants: Ctx[] = [];
  for (const code of ['east', 'west', 'north']) merchants.push(await org(app, code, 'merchant'));
  const budget = await fundedBudget(app, bank, merchants);
  const stars = await programme(app, brand, 'stars');
  await offer(app, brand, POINTS);
  const shops: Shop[] = [];
  for (const [index, ctx] of merchants.entries()) {
    const shop = await buildShop(app, ctx, index);
    const wanted = [POINTS, OFF, WAITING, cashback(bank.org, budget), ...COUPON_OFFERS];
    for (const each of wanted) await offer(app, ctx, each);
    shops.push(index < 2 ? await serving(app, shop, brand, stars) : shop);
  }
  return shops;
}

async function buildShop(app: App, ctx: Ctx, index: number): Promise<Shop> {
  const { id: storeId } = await createStore(app.db, ctx, { code: 'main', name: named('main') });
  const { programmeId } = await programme(app, ctx, 'club');
  await enrolStore(app.members, ctx, { programmeId, storeId });
  const phones = phonesOf(`138${index}`);
  const joined = await joinMembers(app.members, ctx, storeId, phones);
  await giveCoupons(
    app,
    ctx,
    joined.map(({ member }) => member.member_id),
  );
  const token = await app.db.transact([ctx.org], async (tx) => {
    await putProducts(tx, ctx, GOODS);
    const wanted = { name: 'till', scopes: SCOPES, stores: null, expires: null };
    return (await createApiKey(tx, ctx, wanted)).secret;
  });
  const customers = phones.map((phone) => ({ phone, programme_id: programmeId }));
  return { org: ctx.org, storeId, token, skus: GOODS.map(({ sku }) => sku), customers };
}

/** The shop as it is once it serves the brand's programme too. */
async function serving(app: App, shop: Shop, brand: Ctx, stars: Programme): Promise<Shop> {
  const { programmeId } = stars;
  const place = { programmeId, merchantOrg: shop.org, storeId: shop.storeId, priority: 1 };
  await enrolStore(app.members, brand, place);
  const phones = phonesOf(`139${shop.org % 10}`);
  for (const phone of phones)
    await joinMember(app.members, brand, { phone, storeId: null, programmeId });
  const more = phones.map((phone) => ({ phone, programme_id: programmeId }));
  return { ...shop, customers: [...shop.customers, ...more] };
}

const SCOPES = ['payment.take', 'payment.read', 'payment.refund', 'payment.void'] as const;

const GOODS = Array.from({ length: 12 }, (_, at) => ({
  sku: `SKU${at}`,
  name: named(`goods ${at}`),
  category: `cat-${at % 3}`,
  brand: null,
  price: 450 + at * 731,
}));

async function org(app: App, code: string, kind: OrgKind): Promise<Ctx> {
  const first = kind === 'operator' ? { id: 1 } : {};
  const made = await createOrg(app.db, acting(1), { ...first, code, name: named(code), kind });
  return acting(made.id);
}

async function programme(app: App, ctx: Ctx, code: string): Promise<Programme> {
  const wanted = { code, name: named(code), pointValuePpm: 800_000 };
  return app.db.transact([ctx.org], (tx) => createProgramme(tx, ctx, wanted));
}

async function offer(app: App, ctx: Ctx, wanted: DefinitionInput): Promise<void> {
  const { id } = await createOffer(app.offers, ctx, wanted);
  await publishOffer(app.offers, ctx, id);
}

async function fundedBudget(app: App, bank: Ctx, borrowers: readonly Ctx[]): Promise<string> {
  const total = fen(1_000_000_000_000);
  const chunk = fen(20_000);
  const allowed = borrowers.map((ctx) => ctx.org);
  const wanted = { code: 'cashback', name: named('cashback'), total, chunk, borrowers: allowed };
  const { id } = await openBudget(app.db, bank, wanted);
  const at = { actor: 'system:crash', occurredAt: bank.now, valueDate: '2026-01-01' };
  const stamp = { ...at, key: newId(), source: newId() };
  await fundBudget(app.recorder, { org: bank.org, budget: id, amount: total, total, ...stamp });
  return id;
}

const acting = (org: number): Ctx => systemCtx(org, 'crash', realNow());

function phonesOf(prefix: string): string[] {
  return Array.from({ length: CUSTOMERS }, (_, at) => `${prefix}${String(at).padStart(7, '0')}`);
}

function named(code: string) {
  return { zh: `名 ${code}`, en: code };
}
