import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../test/database.ts';
import { CASHBACK, POINTS, Stage } from '../../test/stage.ts';

let stage: Stage;
let shops = 0;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

/** A shop with one sale to a member, one cup of which came back. */
async function traded(): Promise<number> {
  const code = `shop${++shops}`;
  const shop = await stage.shop(code, [POINTS, CASHBACK]);
  await stage.member(shop, '13800138000');
  const lines = [{ sku: 'CUP-1', quantity: 2 }];
  const sale = {
    store: `${code}-1`,
    lines,
    member: { phone: '13800138000' },
    tenders: [{ kind: 'cash' }],
  };
  const { payment_id: payment } = (
    await stage.send(shop.token, 'POST', '/v1/payments', sale)
  ).json();
  const back = { payment, lines: [{ line: 0, quantity: 1 }], reason: 'x' };
  expect((await stage.send(shop.token, 'POST', '/v1/refunds', back)).statusCode).toBe(201);
  return shop.org;
}

test.each([
  ['payments.refunds', 'update payments.refund set amount = amount - 1 where org_id = $1'],
  ['payments.refunds', 'update payments.payment set refunded = refunded - 1 where org_id = $1'],
  ['payments.charges', 'update payments.charge set amount = amount + 1 where org_id = $1'],
  ['payments.charges', 'delete from payments.charge where org_id = $1'],
  ['payments.states', "update payments.payment set state = 'paid' where org_id = $1"],
  ['payments.states', "update payments.payment set state = 'refunded' where org_id = $1"],
  ['payments.journals', 'update payments.payment set journal_id = null where org_id = $1'],
  [
    'payments.journals',
    'update payments.payment set store_id = gen_random_uuid() where org_id = $1',
  ],
  ['payments.journals', 'update ledger.journal set source = gen_random_uuid() where org_id = $1'],
  ['payments.rewards', 'update rewards.reward set amount = amount + 1 where org_id = $1'],
  ['payments.rewards', 'update rewards.reward set reversed = reversed - 1 where org_id = $1'],
  ['payments.rewards', "delete from rewards.reward where org_id = $1 and kind = 'cashback'"],
  [
    'payments.rewards',
    "update rewards.reward set pool = 'p' where org_id = $1 and kind = 'points'",
  ],
  ['payments.days', "update payments.payment set business_day = '2026-11-20' where org_id = $1"],
  [
    'payments.days',
    "update ledger.journal set value_date = '2026-11-20' where org_id = $1 and kind = 'refund'",
  ],
])('%s finds: %s', async (id, sql) => {
  const org = await traded();
  expect(await stage.breaches([org])).toEqual({});
  await asOwner(stage.db.url, sql, [org]);
  expect(Object.keys(await stage.breaches([org]))).toContain(id);
});
