import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { type Shop, Stage } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;
const PHONE = '13800138000';

const offer = (code: string, fields: Partial<DefinitionInput>): DefinitionInput => ({
  code,
  name: { zh: code, en: code },
  schedule: { from: '2020-01-01' },
  benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 50_000 } }],
  ...fields,
});
const save = (amount: number, spend: number) =>
  ({ kind: 'discount', off: { by: 'amount', amount }, spend }) as const;

const OFFERS: readonly DefinitionInput[] = [
  offer('delayed', {
    benefits: [
      {
        kind: 'points',
        earn: { by: 'per_yuan', rate: 1_000_000 },
        expiry: { type: 'end_of_year', years: 1 },
        timing: { type: 'business_days', days: 2 },
      },
    ],
  }),
  offer('far', { benefits: [save(2_000, 30_000)] }),
  offer('near', { benefits: [save(1_000, 14_000)] }),
  offer('tuesday', { schedule: { from: '2020-01-01', weekdays: [2] } }),
  offer('invited', { audience: { labels: ['vip'] } }),
  offer('rebate', {
    benefits: [{ kind: 'cashback', to: 'merchant', earn: { by: 'rate', rate: 10_000 } }],
  }),
  // The share is the largest there is: of two members one belongs to it, most likely.
  offer('held', { audience: { hold_out: { share: 500_000, salt: 's' } } }),
];

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting', OFFERS);
  await stage.member(shop, PHONE);
});
afterAll(() => stage?.close());

interface Told {
  readonly code: string;
  readonly text: { readonly zh: string };
}

async function explained(reader: string) {
  const sold = await stage.send(shop.token, 'POST', '/v1/payments', {
    store: 'lanting-1',
    lines: [
      { sku: 'TEA-100', quantity: 2 },
      { sku: 'CUP-1', quantity: 1 },
    ],
    tenders: [{ kind: 'cash' }],
    member: { phone: PHONE },
  });
  expect(sold.statusCode, sold.body).toBe(201);
  const url = `/v1/payments/${sold.json().receipt_no}/explanation?for=${reader}`;
  const told = await stage.send(shop.token, 'GET', url);
  expect(told.statusCode, told.body).toBe(200);
  expect(told.json().exact).toBe(true);
  return told.json();
}

const texts = (offers: readonly Told[]) =>
  Object.fromEntries(
    offers.flatMap(({ code, text }) => (code === 'held' ? [] : [[code, text.zh]])),
  );

test('a buyer is told what came of the receipt, when it arrives, and what was nearest', async () => {
  const told = await explained('consumer');
  expect(texts(told.offers)).toEqual({
    delayed: '得 130 积分,11月24日(周二)到账,有效期至2027年12月31日',
    far: '再消费 170.00 元可减 20 元',
    near: '再消费 10.00 元可减 10 元',
    tuesday: '仅限周二(本单:周六)',
  });
  expect(told.nearest).toMatchObject([
    { code: 'near', missing: 1_000, unit: 'fen', reach: 'spend' },
    { code: 'far', missing: 17_000 },
  ]);
  expect(told.rewards).toContainEqual(
    expect.objectContaining({
      kind: 'points',
      available_on: '2026-11-24',
      expires_on: '2027-12-31',
      funding: [],
    }),
  );
  expect(told.rewards.map(({ to }: { to: string | null }) => to)).not.toContain('merchant');
});

test('the merchant is told everything, the cashier nothing of the books', async () => {
  const merchant = texts((await explained('merchant')).offers);
  expect(merchant).toMatchObject({
    invited: '仅限带标签 vip 的会员',
    rebate: '商户得返利 1.30 元,出资:商户 1.30 元',
  });
  const cashier = await explained('cashier');
  expect(JSON.stringify(cashier)).not.toMatch(/出资|对照组/);
  expect(texts(cashier.offers)).toMatchObject({
    invited: '仅限受邀会员',
    rebate: '商户得返利 1.30 元',
  });
});
