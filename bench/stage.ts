import { createApiKey, PERMISSIONS } from '#access';
import { putProducts } from '#catalog';
import { createProgramme, enrolStore, joinMember } from '#members';
import { createOrg, createStore } from '#merchants';
import { createOffer, type DefinitionInput, publishOffer } from '#offers';
import type { Ctx } from '#platform/context';
import { realNow } from '#platform/clock';
import type { App } from '../src/app.ts';
import type { Planned } from './load.ts';

export interface Merchant {
  readonly org: number;
  readonly storeId: string;
  readonly token: string;
  readonly skus: readonly string[];
  readonly phones: readonly string[];
}

export interface StageSize {
  readonly merchants: number;
  readonly offers: number;
  readonly products: number;
  readonly members: number;
}

/** The product itself acting in an org, with every permission. */
export function systemCtx(org: number): Ctx {
  const principal = {
    kind: 'system',
    id: 'bench',
    name: 'bench',
    org,
    scopes: new Set<string>(Object.keys(PERMISSIONS)),
    stores: 'all',
  } as const;
  return { org, principal, now: realNow(), requestId: 'bench', locale: 'en' };
}

/** Merchants with a store, products, members and live offers each, made through the verbs. */
export async function buildStage(app: App, size: StageSize): Promise<Merchant[]> {
  const operator = systemCtx(1);
  await createOrg(app.db, operator, {
    id: 1,
    code: 'bench-operator',
    name: { zh: '运营方', en: 'Operator' },
    kind: 'operator',
  });
  const merchants: Merchant[] = [];
  for (let index = 0; index < size.merchants; index++)
    merchants.push(await buildMerchant(app, operator, index, size));
  return merchants;
}

async function buildMerchant(
  app: App,
  operator: Ctx,
  index: number,
  size: StageSize,
): Promise<Merchant> {
  const { db } = app;
  const name = { zh: `商户 ${index}`, en: `Merchant ${index}` };
  const { id: org } = await createOrg(db, operator, { code: `m-${index}`, name, kind: 'merchant' });
  const ctx = systemCtx(org);
  const { id: storeId } = await createStore(db, ctx, { code: 's-1', name });
  const products = Array.from({ length: size.products }, (_, at) => ({
    sku: `SKU${String(at).padStart(4, '0')}`,
    name: { zh: `商品 ${at}`, en: `Product ${at}` },
    category: `cat-${at % 20}`,
    brand: `brand-${at % 10}`,
    price: 500 + at * 37,
  }));
  // Narrow offers are bound to goods that are there and hardly ever sold.
  const rare = Array.from({ length: size.offers }, (_, at) => ({
    sku: `RARE-${at}`,
    name: { zh: `罕见商品 ${at}`, en: `Rare product ${at}` },
    category: null,
    brand: null,
    price: 9_900,
  }));
  const { programme, token } = await db.transact([org], async (tx) => {
    await putProducts(tx, ctx, products);
    await putProducts(tx, ctx, rare);
    const made = await createProgramme(tx, ctx, { code: 'club', name, pointValuePpm: 800_000 });
    const key = await createApiKey(tx, ctx, {
      name: 'till',
      scopes: ['payment.take', 'payment.read', 'payment.refund'],
      stores: null,
      expires: null,
    });
    return { programme: made, token: key.secret };
  });
  await enrolStore(app.members, ctx, { programmeId: programme.programmeId, storeId });
  for (const definition of offersOf(size.offers)) {
    const offer = await createOffer(app.offers, ctx, definition);
    await publishOffer(app.offers, ctx, offer.id);
  }
  const phones = Array.from(
    { length: size.members },
    (_, at) => `139${String(index).padStart(4, '0')}${String(at).padStart(4, '0')}`,
  );
  for (const phone of phones) await joinMember(app.members, ctx, { phone, storeId });
  return { org, storeId, token, skus: products.map(({ sku }) => sku), phones };
}

/**
 * Live offers of which every sale to a member meets three: 1 point per yuan, 5 % cashback with a daily cap, and
 * 10 yuan off above 200; the others are bound to goods, hours, tiers or days that few sales have.
 */
export function offersOf(count: number): DefinitionInput[] {
  const schedule = { from: '2020-01-01' };
  const offers: DefinitionInput[] = [
    {
      code: 'points',
      name: { zh: '每元一分', en: 'A point per yuan' },
      schedule,
      benefits: [
        {
          kind: 'points',
          earn: { by: 'per_yuan', rate: 1_000_000 },
          expiry: { type: 'end_of_year', years: 1 },
        },
      ],
    },
    {
      code: 'cashback',
      name: { zh: '返现百分之五', en: '5 % back' },
      schedule,
      benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 50_000 }, cap: 2_000 }],
      limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 1_000_000_000 }] },
    },
    {
      code: 'threshold',
      name: { zh: '满 200 减 10', en: '10 off above 200' },
      schedule,
      benefits: [{ kind: 'discount', off: { by: 'amount', amount: 1_000 }, spend: 20_000 }],
    },
  ];
  for (let at = offers.length; at < count; at++) {
    offers.push({
      code: `narrow-${at}`,
      name: { zh: `窄优惠 ${at}`, en: `Narrow offer ${at}` },
      schedule,
      conditions: {
        type: 'all',
        of: [
          { type: 'contains', skus: [`RARE-${at}`] },
          { type: 'basket_amount', min: 1_000 + at },
          { type: 'weekday', weekdays: [1 + (at % 7)] },
          { type: 'tier', tiers: ['gold'] },
        ],
      },
      benefits: [{ kind: 'discount', off: { by: 'percent', rate: 30_000 } }],
    });
  }
  return offers;
}

/** Cash sales of three lines to members, as request bodies. */
export function planSales(merchants: readonly Merchant[], count: number): Planned[] {
  return Array.from({ length: count }, (_, at) => {
    const { storeId, token, skus, phones } = merchants[at % merchants.length] as Merchant;
    const pick = (list: readonly string[], seed: number) =>
      list[(seed * 2_654_435_761) % list.length] as string;
    const round = Math.floor(at / merchants.length);
    const lines = [0, 1, 2].map((line) => ({
      sku: pick(skus, round * 3 + line + at),
      quantity: 1 + (line === 2 ? 2 : 0),
    }));
    const body = {
      store: storeId,
      lines,
      member: { phone: phones[round % phones.length] },
      tenders: [{ kind: 'cash' }],
    };
    return { path: '/v1/payments', token, body: JSON.stringify(body) };
  });
}
