import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, OPENING, type Shop, Stage } from '../../test/stage.ts';
import { couponTill, GIVES, named, TAKES, type Wanted } from '../../test/coupon-till.ts';

let stage: Stage;
let till: ReturnType<typeof couponTill>;
let phones = 13_950_000_000;

beforeAll(async () => {
  stage = await Stage.open();
  till = couponTill(stage);
});
afterAll(() => stage?.close());

test('a sale gives a coupon for the next visit, which is used the next day', async () => {
  const shop = await till.shopWith('visit');
  const phone = await till.joined(shop);
  const quoted = await till.quote(shop, { phone });
  expect(quoted.body).toMatchObject({
    due: 5_000,
    coupons: {
      used: [],
      given: [{ template: 'NEXT', quantity: 1, valid_from: '2026-11-22', valid_to: '2026-12-21' }],
    },
  });
  const first = await till.sell(shop, { phone, key: 'first' });
  expect(first.body).toMatchObject({
    due: 5_000,
    coupons: {
      used: [],
      issued: [{ template: 'NEXT', valid_from: '2026-11-22', valid_to: '2026-12-21' }],
    },
  });
  const [given] = first.body.coupons.issued;
  const sameDay = await till.sell(shop, { phone });
  expect(sameDay.body).toMatchObject({ due: 5_000, coupons: { used: [] } });
  const early = await till.sell(shop, { phone, coupons: [given.code] });
  expect([early.status, early.body.code, early.body.errors[0].pointer]).toEqual([
    409,
    'coupon_not_yet',
    '/coupons/0',
  ]);
  await till.nextDay(shop);
  expect((await till.quote(shop, { phone })).body).toMatchObject({
    due: 4_000,
    coupons: { used: [{ coupon_id: given.coupon_id, code: given.code }], given: [] },
  });
  const second = await till.sell(shop, { phone, key: 'second' });
  expect(second.body).toMatchObject({
    due: 4_000,
    coupons: { used: [{ coupon_id: given.coupon_id, code: given.code, name: named }] },
  });
  expect(await till.coupon(shop, given.code)).toMatchObject({
    state: 'used',
    used_payment: second.body.payment_id,
    why_not: { code: 'coupon_used' },
  });
  for (const [key, sale] of [
    ['first', first],
    ['second', second],
  ] as const) {
    const again = await till.sell(shop, { phone, key });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(sale.body);
    const at = `/v1/payments/${sale.body.payment_id}`;
    const read = (await stage.send(shop.token, 'GET', at)).json();
    expect(read.coupons).toEqual(sale.body.coupons);
    const told = (await stage.send(shop.token, 'GET', `${at}/explanation`)).json();
    expect(told.exact).toBe(true);
  }
  expect(await till.breaches(shop.org)).toEqual({});
});

test('the coupon that ends first goes first, but one that is shown goes before', async () => {
  const shop = await till.shopWith('order', { usable_from: 'at_once' }, [TAKES]);
  const phone = await till.joined(shop);
  const member = await stage.member(shop, phone);
  const [late] = await till.give(shop, member);
  await stage.db.transact([shop.org], (tx) =>
    tx.execute('update coupons.coupon set valid_to = valid_to + 1 where org_id = $1', [shop.org]),
  );
  const [soon] = await till.give(shop, member);
  const used = async (wanted: Wanted) => {
    const { body } = await till.quote(shop, { phone, ...wanted });
    return body.coupons.used.map(({ code }: { code: string }) => code);
  };
  expect(await used({})).toEqual([soon]);
  expect(await used({ coupons: [late!] })).toEqual([late]);
  expect(await used({ coupons: [late!, soon!, late!] })).toEqual([late]);
});

test('twenty tills at once: a member’s coupon is used by one, the others sell without it', async () => {
  const shop = await till.shopWith('tills', { usable_from: 'at_once' }, [TAKES]);
  const far = await stage.another();
  const phone = await till.joined(shop);
  const member = await stage.member(shop, phone);
  await till.give(shop, member, 3);
  const body = {
    store: shop.storeId,
    lines: [{ sku: 'TEA-100', quantity: 1 }],
    member: { member_id: member },
    tenders: [{ kind: 'cash' }],
  };
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      (at % 2 ? far : stage).send(shop.token, 'POST', '/v1/payments', body),
    ),
  );
  await far.close();
  expect(all.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(201));
  const dues = all.map((reply) => reply.json().due);
  expect(dues.filter((due) => due === 4_000)).toHaveLength(3);
  expect(dues.filter((due) => due === 5_000)).toHaveLength(17);
  const used = all.flatMap((reply) =>
    reply.json().coupons.used.map((each: { code: string }) => each.code),
  );
  expect(new Set(used).size).toBe(3);
  expect(await till.breaches(shop.org)).toEqual({});
});

test('twenty tills are shown the same coupon: one takes it, the others are told', async () => {
  const shop = await till.shopWith('shown', { usable_from: 'at_once' }, [TAKES]);
  const [code] = await till.give(shop, null);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => till.sell(shop, { coupons: [code!] })),
  );
  expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  const told = all.filter(({ status }) => status !== 201);
  for (const { status, body } of told)
    expect([status, body.code, body.errors[0].pointer]).toEqual([409, 'coupon_used', '/coupons/0']);
  expect(await till.breaches(shop.org)).toEqual({});
});

test('a coupon is refused where it may not be used, at its place and in both languages', async () => {
  const shop = await till.shopWith('refused', { usable_from: 'at_once' }, [TAKES]);
  const other = await till.shopWith('foreign', { usable_from: 'at_once' }, [TAKES]);
  const owner = await stage.member(shop, await till.joined(shop));
  const phone = await till.joined(shop);
  const [theirs] = await till.give(shop, owner);
  const [gone] = await till.give(shop, null);
  await stage.send(shop.token, 'POST', `/v1/coupons/${gone}/void`, { reason: 'x' });
  const [elsewhere] = await till.give(other, null);
  const refused: [Wanted, number, string][] = [
    [{ phone, coupons: [theirs!] }, 409, 'coupon_not_yours'],
    [{ coupons: [theirs!] }, 409, 'coupon_not_yours'],
    [{ phone, coupons: [gone!] }, 409, 'coupon_void'],
    [{ phone, coupons: [elsewhere!] }, 404, 'coupon_unknown'],
    [{ phone, coupons: ['nonsense'] }, 404, 'coupon_unknown'],
  ];
  for (const [wanted, status, code] of refused) {
    for (const { status: got, body } of [
      await till.sell(shop, wanted),
      await till.quote(shop, wanted),
    ])
      expect([got, body.code, body.errors[0].pointer]).toEqual([status, code, '/coupons/0']);
  }
  const many = await till.sell(shop, { phone, coupons: Array<string>(21).fill(theirs!) });
  expect([many.status, many.body.code]).toEqual([422, 'invalid_request']);
});

test.each([
  ['2026-11-24T15:59:59Z', 4_000],
  ['2026-11-24T16:00:00Z', 5_000],
])('at %s a coupon that ends on the 24th makes the price %i', async (now, due) => {
  const shop = await till.shopWith(
    `days${due}`,
    { validity: { type: 'fixed', from: '2026-11-21', to: '2026-11-24' }, usable_from: 'at_once' },
    [TAKES],
  );
  const phone = await till.joined(shop);
  const [code] = await till.give(shop, await stage.member(shop, phone));
  await stage.clock(shop.org, new Date(now));
  expect((await till.quote(shop, { phone })).body.due).toBe(due);
  const shown = await till.sell(shop, { phone, coupons: [code!] });
  expect([shown.status, shown.body.code ?? shown.body.due]).toEqual(
    due === 4_000 ? [201, due] : [409, 'coupon_expired'],
  );
});

test('no limit of a template is passed by twenty sales at once, and they say why', async () => {
  const shop = await till.shopWith('limits', { quantity: 5, per_member: 3 }, [GIVES]);
  const one = await till.joined(shop);
  const two = await till.joined(shop);
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) => till.sell(shop, { phone: at < 12 ? one : two })),
  );
  const given = (from: number, to: number) =>
    all.slice(from, to).flatMap(({ body }) => body.coupons.issued).length;
  expect([given(0, 12), given(0, 20)]).toEqual([3, 5]);
  const late = await till.quote(shop, { phone: two });
  expect(late.body.offers).toMatchObject([{ outcome: 'not', reason: 'coupons_left' }]);
  expect(await till.breaches(shop.org)).toEqual({});
});

test('of a stopped template nothing is given, from the next sale on', async () => {
  const shop = await till.shopWith('stopped', {}, [GIVES]);
  const phone = await till.joined(shop);
  expect((await till.sell(shop, { phone })).body.coupons.issued).toHaveLength(1);
  const at = '/v1/coupon-templates/NEXT';
  await stage.send(shop.token, 'PATCH', at, { status: 'stopped' });
  expect((await till.sell(shop, { phone })).body.coupons.issued).toEqual([]);
  await stage.send(shop.token, 'PATCH', at, { status: 'active' });
  expect((await till.sell(shop, { phone })).body.coupons.issued).toHaveLength(1);
  expect(await till.breaches(shop.org)).toEqual({});
});

test('a coupon of a brand’s programme stands in the brand’s book and is used once over all shops', async () => {
  const brand = await stage.org('coupon-brand', 'brand');
  const club = await stage.programme(brand, 'coupon-club');
  const shops: Shop[] = [];
  for (const code of ['north', 'south']) {
    const shop = await stage.shop(code);
    await stage.enrol(club, shop.org, shop.storeId);
    shops.push(shop);
  }
  const [north, south] = shops as [Shop, Shop];
  const token = await stage.key(brand);
  const template = { code: 'NEXT', name: named, validity: { type: 'rolling', days: 30 } };
  await stage.send(token, 'POST', '/v1/coupon-templates', template);
  for (const shop of shops) await stage.send(shop.token, 'POST', '/v1/coupon-templates', template);
  const paid = await stage.budget(brand, north.org, 100_000, 10_000);
  const funding = [{ party: 'funder' as const, funder_org: brand, budget: paid, share: 1_000_000 }];
  await stage.offer(brand, GIVES);
  await stage.offer(brand, { ...TAKES, funding });
  const phone = String(++phones);
  const reply = await stage.send(token, 'POST', '/v1/members', {
    phone,
    programme_id: club.programmeId,
    store_id: null,
  });
  expect(reply.statusCode, reply.body).toBe(201);
  const member = { member_id: reply.json().member_id, programme_id: club.programmeId };
  const sale = async (shop: Shop, fields: object = {}) => {
    const body = {
      store: shop.storeId,
      lines: [{ sku: 'TEA-100', quantity: 1 }],
      member,
      tenders: [{ kind: 'cash' }],
      ...fields,
    };
    return (await stage.send(shop.token, 'POST', '/v1/payments', body)).json();
  };
  const first = await sale(south);
  const [given] = first.coupons.issued;
  expect(await till.coupon(south, given.code)).toMatchObject({
    owner_org: brand,
    state: 'available',
  });
  for (const org of [brand, north.org, south.org])
    await stage.clock(org, new Date(OPENING.getTime() + 24 * HOUR));
  const both = await Promise.all([sale(north), sale(north)]);
  expect(new Set(both.map(({ due }) => due))).toEqual(new Set([4_000, 5_000]));
  expect(await till.coupon(north, given.code)).toMatchObject({ state: 'used' });
  const shown = await sale(south, { coupons: [given.code] });
  expect(shown.code).toBe('coupon_used');
  expect(await till.breaches(brand, north.org, south.org)).toEqual({});
});
