import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, Stage } from '../stage.ts';
import { broken } from '../rewards/rewards-stage.ts';
import { cashback, points, previewed, sell, tenOff } from './refunds-stage.ts';

let stage: Stage;
let bank: number;
let shops = 0;

beforeAll(async () => {
  stage = await Stage.open();
  bank = await stage.org('bank', 'issuer');
});
afterAll(() => stage?.close());

const KEEPS = { retest: 'threshold' } as const;

/** A shop whose discount is paid half by the bank; what is lent of the bank's budget. */
async function opened(clawback: object = KEEPS, more: Parameters<Stage['shop']>[1] = []) {
  const shop = await stage.shop(`threshold-${++shops}`);
  const budget = await stage.budget(bank, shop.org, 1_000_000, 10_000);
  const funding = [
    { party: 'merchant' as const, share: 500_000 },
    { party: 'funder' as const, funder_org: bank, budget, share: 500_000 },
  ];
  await stage.offer(shop.org, tenOff(clawback, { funding }));
  for (const offer of more) await stage.offer(shop.org, offer);
  return { shop, lent: () => stage.balance(shop.org, '2610', budget) };
}

const revenue = ({ org, storeId }: Shop) => stage.balance(org, '3010', storeId);
const till = ({ org, storeId }: Shop) => stage.balance(org, '1150', storeId);

test('a threshold that is still reached: the discount goes back in proportion', async () => {
  const { shop, lent } = await opened();
  const sale = await sell(stage, shop, null, { 'TEA-100': 3 });
  expect([sale.due, await lent()]).toEqual([14_000, 9_500]);
  const back = await previewed(stage, shop, sale.payment_id, [{ line: 0, quantity: 1 }]);
  expect(back).toMatchObject({
    amount: 4_667,
    shortfall: 0,
    taken_back: [{ kind: 'discount', amount: 333, reason: 'returned', lost: 0 }],
  });
  expect(await broken(stage, [shop.org, bank])).toEqual({});
});

test('a threshold no longer reached: the discount on what is kept is taken out of the money, and the funder has it back', async () => {
  const { shop, lent } = await opened();
  const sale = await sell(stage, shop, null, { 'TEA-100': 1, 'CUP-1': 2 });
  expect([sale.gross, sale.due]).toEqual([11_000, 10_000]);
  const back = await previewed(stage, shop, sale.payment_id, [{ line: 0, quantity: 1 }]);
  expect(back).toMatchObject({
    amount: 4_000,
    gross: 5_000,
    shortfall: 0,
    tenders: [{ kind: 'cash', amount: 4_000 }],
    taken_back: [
      {
        kind: 'discount',
        amount: 1_000,
        reason: 'threshold',
        lost: 545,
        text: { zh: expect.stringContaining('40.00'), en: expect.stringContaining('40.00') },
      },
    ],
  });
  expect([await lent(), await till(shop), await revenue(shop)]).toEqual([10_000, 6_000, 6_000]);
  const rest = await previewed(stage, shop, sale.payment_id);
  expect(rest).toMatchObject({ amount: 6_000, payment_state: 'refunded', taken_back: [] });
  expect([await lent(), await till(shop), await revenue(shop)]).toEqual([10_000, 0, 0]);
  expect(await broken(stage, [shop.org, bank])).toEqual({});
});

test('kept goods dearer than what was paid: nothing goes back, the rest is said and borne by the payers', async () => {
  const { shop, lent } = await opened();
  const sale = await sell(stage, shop, null, { 'TEA-100': 1, 'CUP-1': 1, 'CAKE-1': 1, 'ODD-1': 3 });
  expect([sale.gross, sale.due]).toEqual([10_249, 9_249]);
  const one = await previewed(stage, shop, sale.payment_id, [{ line: 3, quantity: 1 }]);
  expect(one).toMatchObject({
    amount: 0,
    shortfall: 667,
    tenders: [],
    taken_back: [{ amount: 333, reason: 'threshold' }],
  });
  expect(await lent()).toBe(9_500 + 166);
  const two = await previewed(stage, shop, sale.payment_id, [{ line: 3, quantity: 2 }]);
  expect(two).toMatchObject({ amount: 0, shortfall: 1, taken_back: [{ amount: 666 }] });
  const rest = await previewed(stage, shop, sale.payment_id);
  expect(rest).toMatchObject({ amount: 9_249, shortfall: 0, taken_back: [{ amount: 1 }] });
  expect([await lent(), await till(shop), await revenue(shop)]).toEqual([10_000, 0, 0]);
  expect(await broken(stage, [shop.org, bank])).toEqual({});
});

test('what is earned above a threshold is tested as well; a void mirrors all of it', async () => {
  const fixed = { by: 'fixed', amount: 500 } as const;
  const { shop } = await opened(KEEPS, [
    points({ retest: 'none' }),
    cashback(KEEPS, { benefits: [{ kind: 'cashback', earn: fixed, spend: 9_000 }] }),
  ]);
  const member = await stage.member(shop, '13900000001');
  const sale = await sell(stage, shop, member, { 'TEA-100': 1, 'CUP-1': 2 });
  const back = await previewed(stage, shop, sale.payment_id, [{ line: 0, quantity: 1 }]);
  expect(back.taken_back).toMatchObject([
    { kind: 'discount', amount: 1_000, reason: 'threshold' },
    { kind: 'points', reason: 'returned' },
    { kind: 'cashback', amount: 500, reason: 'threshold' },
  ]);
  const list = await stage.send(shop.token, 'GET', `/v1/refunds?payment=${sale.payment_id}`);
  expect(list.json().items).toMatchObject([
    { taken_back: [{ reason: 'threshold', lost: 545, text: null }, {}, {}] },
  ]);
  const other = await sell(stage, shop, member, { 'TEA-100': 1, 'CUP-1': 2 });
  const at = `/v1/payments/${other.payment_id}/void`;
  const voided = (await stage.send(shop.token, 'POST', at, { reason: 'mistyped' })).json();
  const [was, is] = [
    await stage.legs(shop.org, other.journal_id),
    await stage.legs(shop.org, voided.journal_id),
  ];
  expect(is).toEqual(
    Object.fromEntries(Object.entries(was).map(([name, amount]) => [name, -amount])),
  );
  await previewed(stage, shop, sale.payment_id);
  expect(await stage.balance(shop.org, '2031', member)).toBe(0);
  expect(await stage.balance(shop.org, '2210', member)).toBe(0);
  expect(await broken(stage, [shop.org, bank])).toEqual({});
});

test('twenty partial refunds at once: each once, and never more than was paid', async () => {
  const { shop, lent } = await opened(KEEPS, [cashback({ ...KEEPS, shortage: 'from_refund' })]);
  const member = await stage.member(shop, '13900000002');
  const sale = await sell(stage, shop, member, { 'CAKE-1': 12 });
  const asked = { payment: sale.payment_id, lines: [{ line: 0, quantity: 1 }], reason: 'x' };
  const all = await Promise.all(
    Array.from({ length: 20 }, () => stage.send(shop.token, 'POST', '/v1/refunds', asked)),
  );
  const done = all.filter(({ statusCode }) => statusCode === 201).map((reply) => reply.json());
  expect(done).toHaveLength(12);
  expect(done.reduce((sum, { amount }) => sum + amount, 0)).toBe(sale.due);
  expect([await lent(), await till(shop), await revenue(shop)]).toEqual([10_000, 0, 0]);
  expect(await stage.balance(shop.org, '2031', member)).toBe(0);
  expect(await broken(stage, [shop.org, bank])).toEqual({});
});
