import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../test/database.ts';
import { type Shop, Stage } from '../../test/stage.ts';
import { couponTill, GIVES, TAKES } from '../../test/coupon-till.ts';

let stage: Stage;
let till: ReturnType<typeof couponTill>;
let shops = 0;

beforeAll(async () => {
  stage = await Stage.open();
  till = couponTill(stage);
});
afterAll(() => stage?.close());

const AT_ONCE = { usable_from: 'at_once' };

async function back(shop: Shop, payment: string, lines?: object[]) {
  const asked = { payment, ...(lines && { lines }) };
  const preview = await stage.send(shop.token, 'POST', '/v1/refunds/preview', asked);
  expect(preview.statusCode, preview.body).toBe(200);
  const reply = await stage.send(shop.token, 'POST', '/v1/refunds', {
    ...asked,
    reason: 'unwanted',
  });
  expect(reply.statusCode, reply.body).toBe(201);
  const { coupons } = reply.json();
  expect(preview.json().coupons).toEqual(coupons);
  return coupons;
}

/** A shop whose offer of 10 yuan for a coupon treats it so on a refund; with the code of a coupon that a sale used. */
async function used(policy: 'restore' | 'reissue' | 'forfeit') {
  const takes = { ...TAKES, clawback: { coupon: policy } };
  const shop = await till.shopWith(
    `${policy}${++shops}`,
    { ...AT_ONCE, validity: { type: 'rolling', days: 5 } },
    [takes],
  );
  const phone = await till.joined(shop);
  const [code] = await till.give(shop, await stage.member(shop, phone));
  const { body } = await till.sell(shop, { phone, quantity: 2 });
  expect(body.coupons.used).toMatchObject([{ code }]);
  return { shop, phone, code: code!, payment: body.payment_id as string };
}

test.each([
  // policy, refunded so many days later: what is said, what the coupon is then
  ['restore', 1, 'restored', 'available', '2026-11-21', '2026-11-26'],
  ['restore', 5, 'restored', 'available', '2026-11-21', '2026-11-26'],
  ['restore', 6, 'expired', 'expired', '2026-11-21', '2026-11-26'],
  ['reissue', 6, 'reissued', 'available', '2026-11-27', '2026-12-02'],
  ['forfeit', 1, 'forfeited', 'forfeited', '2026-11-21', '2026-11-26'],
] as const)('%s after %i days: %s', async (policy, days, outcome, state, from, to) => {
  const { shop, phone, code, payment } = await used(policy);
  await till.nextDay(shop, days);
  expect((await back(shop, payment, [{ line: 0, quantity: 1 }])).returned).toEqual([]);
  expect(await till.coupon(shop, code)).toMatchObject({ state: 'used' });
  const coupons = await back(shop, payment);
  const said = { code, outcome, valid_from: from, valid_to: to };
  expect(coupons).toMatchObject({ returned: [said], taken_back: [], kept: [] });
  expect(await till.coupon(shop, code)).toMatchObject({
    state,
    valid_from: from,
    valid_to: to,
    used_payment: null,
  });
  const again = await till.sell(shop, { phone });
  expect(again.body.coupons.used).toHaveLength(state === 'available' ? 1 : 0);
  expect(await till.breaches(shop.org)).toEqual({});
});

test('a coupon that a refunded sale gave is taken back, and a void gives its own back', async () => {
  const shop = await till.shopWith(`given${++shops}`, AT_ONCE);
  const phone = await till.joined(shop);
  const first = await till.sell(shop, { phone });
  const [given] = first.body.coupons.issued;
  expect(await back(shop, first.body.payment_id)).toEqual({
    returned: [],
    taken_back: [
      { coupon_id: given.coupon_id, code: given.code, template: 'NEXT', name: given.name },
    ],
    kept: [],
  });
  expect(await till.coupon(shop, given.code)).toMatchObject({
    state: 'reversed',
    why_not: { code: 'coupon_void' },
  });
  const second = await till.sell(shop, { phone });
  const third = await till.sell(shop, { phone });
  expect(third.body.coupons.used).toHaveLength(1);
  const at = `/v1/payments/${third.body.payment_id}/void`;
  const voided = await stage.send(shop.token, 'POST', at, { reason: 'mistyped' });
  expect(voided.json()).toMatchObject({
    coupons: { returned: [{ outcome: 'restored', code: second.body.coupons.issued[0].code }] },
  });
  expect(await till.breaches(shop.org)).toEqual({});
});

test('a coupon used already stays, which is said; it does not come back with the sale that used it', async () => {
  const shop = await till.shopWith(`kept${++shops}`, { ...AT_ONCE, per_member: 1 });
  const phone = await till.joined(shop);
  const first = await till.sell(shop, { phone });
  const [given] = first.body.coupons.issued;
  const second = await till.sell(shop, { phone });
  expect(second.body.coupons).toMatchObject({ used: [{ code: given.code }], issued: [] });
  const undone = await stage.send(
    shop.token,
    'POST',
    `/v1/payments/${first.body.payment_id}/void`,
    { reason: 'x' },
  );
  expect([undone.statusCode, undone.json().code]).toEqual([409, 'rewards_spent']);
  expect(await back(shop, first.body.payment_id)).toMatchObject({
    returned: [],
    taken_back: [],
    kept: [{ code: given.code }],
  });
  expect(await till.coupon(shop, given.code)).toMatchObject({ state: 'used' });
  const third = await till.sell(shop, { phone });
  expect(third.body.coupons.issued).toHaveLength(1);
  expect(await back(shop, second.body.payment_id)).toMatchObject({
    returned: [{ code: given.code, outcome: 'reversed' }],
  });
  expect(await till.coupon(shop, given.code)).toMatchObject({ state: 'reversed' });
  expect(await till.breaches(shop.org)).toEqual({});
});

test('partial refunds take whole coupons back and end where one full refund ends', async () => {
  const four = {
    ...GIVES,
    benefits: [{ kind: 'coupon' as const, template: 'NEXT', quantity: 4, spend: 5_000 }],
  };
  const shop = await till.shopWith(`parts${++shops}`, { quantity: 4 }, [four]);
  const phone = await till.joined(shop);
  const { body } = await till.sell(shop, { phone, quantity: 8 });
  expect(body.coupons.issued).toHaveLength(4);
  const taken: number[] = [];
  for (const quantity of [1, 2, 1, 3, 1])
    taken.push((await back(shop, body.payment_id, [{ line: 0, quantity }])).taken_back.length);
  expect(taken).toEqual([1, 1, 0, 2, 0]);
  const more = await till.sell(shop, { phone });
  expect(more.body.coupons.issued).toHaveLength(4);
  expect(await till.breaches(shop.org)).toEqual({});
});

test('twenty refunds and sales at once leave one coupon in one place', async () => {
  const { shop, phone, code, payment } = await used('restore');
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      at % 4 === 0
        ? stage.send(shop.token, 'POST', '/v1/refunds', { payment, reason: 'x' })
        : till.sell(shop, { phone }).then(({ body }) => body),
    ),
  );
  const sales = all.flatMap((reply) => ('coupons' in reply ? [reply.coupons.used.length] : []));
  expect(sales.filter((count: number) => count === 1).length).toBeLessThanOrEqual(1);
  const stands = await till.coupon(shop, code);
  expect(['used', 'available']).toContain(stands.state);
  expect(await till.breaches(shop.org)).toEqual({});
});

test.each([
  [
    'update coupons.coupon set used_payment = gen_random_uuid() where org_id = $1 and used_payment is not null',
  ],
  ['update offers.decision set coupon_id = null where org_id = $1'],
  [`update offers.decision set amount = 2 where org_id = $1 and kind = 'coupon'`],
  [`update payments.payment set state = 'refunded' where org_id = $1`],
  [`delete from offers.decision where org_id = $1 and kind = 'coupon'`],
])('payments.coupons finds: %s', async (sql) => {
  const shop = await till.shopWith(`breach${++shops}`, AT_ONCE);
  const phone = await till.joined(shop);
  await till.sell(shop, { phone });
  await till.sell(shop, { phone });
  expect(await till.breaches(shop.org)).toEqual({});
  await asOwner(stage.db.url, sql, [shop.org]);
  expect(Object.keys(await till.breaches(shop.org))).toContain('payments.coupons');
});
