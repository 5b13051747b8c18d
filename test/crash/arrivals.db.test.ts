import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createApiKey } from '#access';
import { putProducts } from '#catalog';
import { account, balanceOf } from '#ledger';
import { createProgramme, enrolStore, joinMembers } from '#members';
import { createOrg, createStore } from '#merchants';
import { createOffer, publishOffer } from '#offers';
import { realNow } from '#platform/clock';
import { addBusinessDays } from '#kernel/business-day';
import { addDays, dayOf } from '#kernel/day';
import type { App } from '../../src/app.ts';
import { systemCtx } from '../../src/cli/system-ctx.ts';
import { Product } from './product.ts';
import { brokenInvariants } from './prove.ts';

const SHOPS = 3;
const MEMBERS = 120;
const LEASE_MS = 30_000;
const ZONE = 'Asia/Shanghai';

interface Shop {
  readonly org: number;
  readonly store: string;
  readonly token: string;
  readonly members: readonly string[];
}

const named = (code: string) => ({ zh: code, en: code });
const acting = (org: number) => systemCtx(org, 'crash', realNow());

/** Sandbox shops whose cashback and points arrive the next business day. */
async function build(app: App): Promise<Shop[]> {
  await createOrg(app.db, acting(1), { id: 1, code: 'op', name: named('op'), kind: 'operator' });
  const shops: Shop[] = [];
  for (let at = 0; at < SHOPS; at++) {
    const wanted = { code: `s${at}`, name: named('s'), kind: 'merchant', sandbox: true } as const;
    const { id: org } = await createOrg(app.db, acting(1), wanted);
    const ctx = acting(org);
    const { id: store } = await createStore(app.db, ctx, { code: 'main', name: named('main') });
    const club = { code: 'club', name: named('club'), pointValuePpm: 800_000 };
    const { programmeId } = await app.db.transact([org], (tx) => createProgramme(tx, ctx, club));
    await enrolStore(app.members, ctx, { programmeId, storeId: store });
    const phones = Array.from(
      { length: MEMBERS },
      (_, no) => `138${at}${String(no).padStart(7, '0')}`,
    );
    const joined = await joinMembers(app.members, ctx, store, phones);
    const timing = { type: 'business_days', days: 1 } as const;
    const { id } = await createOffer(app.offers, ctx, {
      code: 'later',
      name: named('later'),
      schedule: { from: '2020-01-01' },
      benefits: [
        { kind: 'cashback', earn: { by: 'fixed', amount: 300 }, timing },
        { kind: 'points', earn: { by: 'fixed', amount: 7 }, expiry: { type: 'none' }, timing },
      ],
    });
    await publishOffer(app.offers, ctx, id);
    const token = await app.db.transact([org], async (tx) => {
      const goods = { sku: 'A', name: named('A'), category: null, brand: null, price: 1_000 };
      await putProducts(tx, ctx, [goods]);
      const key = { name: 'till', scopes: ['payment.take', 'clock.set'] as const, stores: null };
      return (await createApiKey(tx, ctx, { ...key, scopes: [...key.scopes], expires: null }))
        .secret;
    });
    shops.push({ org, store, token, members: joined.map(({ member }) => member.member_id) });
  }
  return shops;
}

async function post(url: string, token: string, key: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
  });
}

async function sellToAll(product: Product, shop: Shop): Promise<void> {
  const answers = await Promise.all(
    shop.members.map((member_id) =>
      post(`${product.url}/v1/payments`, shop.token, `sale-${member_id}`, {
        store: shop.store,
        lines: [{ sku: 'A', quantity: 1 }],
        member: { member_id },
        tenders: [{ kind: 'cash' }],
      }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
}

test('a kill while rewards arrive: each arrives once, and the books hold', async () => {
  const product = await Product.make();
  try {
    const shops = await product.inside(build);
    await product.start();
    for (const shop of shops) await sellToAll(product, shop);
    const { day } = addBusinessDays(dayOf(realNow(), ZONE), 1);
    const now = `${addDays(day, 1)}T08:00:00+08:00`;
    for (const shop of shops) {
      const moving = post(`${product.url}/v1/clock`, shop.token, 'clock', { now }).catch(
        () => null,
      );
      await sleep(10 + Math.random() * 60);
      await product.kill('node');
      await moving;
      await product.start();
    }
    // What the killed ones had leased is taken up again when the lease ends.
    await sleep(LEASE_MS);
    for (const shop of shops)
      expect((await post(`${product.url}/v1/clock`, shop.token, 'again', { now })).status).toBe(
        200,
      );
    await product.interrupt('SIGTERM');
    const found = await product.inside(async (app) => {
      await app.timers.settle();
      const orgs = [1, ...shops.map(({ org }) => org)];
      const wallets = shops.flatMap(({ org, members }) =>
        members.map(async (member) => {
          const of = async (code: '2030' | '2031' | '2210' | '2212') =>
            (await app.db.read([org], (tx) => balanceOf(tx, org, account(code, member)))).posted;
          return [await of('2030'), await of('2031'), await of('2212'), await of('2210')].join('/');
        }),
      );
      return {
        wallets: [...new Set(await Promise.all(wallets))],
        breaches: await brokenInvariants(app, orgs, 'none'),
      };
    });
    expect(found).toEqual({ wallets: ['0/300/0/7'], breaches: [] });
    expect(product.died).toBe(0);
  } finally {
    await product.remove();
  }
}, 180_000);
