import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WantedProduct } from '#catalog';
import type { DefinitionInput } from '#offers';
import { asOwner } from '../../test/database.ts';
import { CASHBACK, GOODS, type Shop, Stage, THRESHOLD } from '../../test/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

const CAP = 1_000;
const CAPPED: DefinitionInput = {
  ...CASHBACK,
  code: 'capped',
  limits: { each: [{ per: 'member', window: { type: 'day' }, amount: CAP }] },
};

async function sale({ token }: Shop, store: string, phone: string) {
  const body = {
    store,
    lines: [{ sku: 'TEA-100', quantity: 1 }],
    member: { phone },
    tenders: [{ kind: 'cash' }],
  };
  const reply = await stage.send(token, 'POST', '/v1/payments', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

const granted = (answer: { rewards: { kind: string; amount: number }[] }) =>
  answer.rewards.reduce((sum, { kind, amount }) => (kind === 'cashback' ? sum + amount : sum), 0);

test('a cap per member and day holds over several sales, and a refund gives room back', async () => {
  const shop = await stage.shop('daily', [CAPPED]);
  const member = await stage.member(shop, '13800000001');
  const sales = [];
  for (let i = 0; i < 5; i++) sales.push(await sale(shop, 'daily-1', '13800000001'));
  expect(sales.map(granted)).toEqual([250, 250, 250, 250, 0]);
  const told = await stage.send(
    shop.token,
    'GET',
    `/v1/payments/${sales[4].payment_id}/explanation`,
  );
  expect(told.json()).toMatchObject({
    exact: true,
    offers: [
      { code: 'capped', outcome: 'not', reason: 'limit_amount', actual: CAP, required: CAP },
    ],
  });
  const [first] = sales;
  await stage.send(shop.token, 'POST', '/v1/refunds', { payment: first.payment_id, reason: 'x' });
  expect(granted(await sale(shop, 'daily-1', '13800000001'))).toBe(250);
  expect(await stage.balance(shop.org, '2031', member)).toBe(CAP);
  expect(await stage.breaches([shop.org])).toEqual({});
});

test('twenty sales at once never exceed the cap', async () => {
  const shop = await stage.shop('rush', [CAPPED]);
  const member = await stage.member(shop, '13800000002');
  const sales = await Promise.all(
    Array.from({ length: 20 }, () => sale(shop, 'rush-1', '13800000002')),
  );
  expect(sales.map(granted).reduce((sum, amount) => sum + amount, 0)).toBe(CAP);
  expect(await stage.balance(shop.org, '2031', member)).toBe(CAP);
  expect(await stage.breaches([shop.org])).toEqual({});
});

test('a cap holds from the first use on while two processes sell to one member', async () => {
  const shop = await stage.shop('double', [
    { ...CAPPED, limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 250 }] } },
  ]);
  const brand = await stage.org('abroad', 'brand');
  const club = await stage.programme(brand, 'abroad');
  const away = await stage.store(shop.org, 'double-2');
  await stage.enrol(club, shop.org, away);
  const second = await stage.another();
  const members = await Promise.all(
    Array.from({ length: 24 }, (_, index) => {
      const storeId = index % 2 ? away : shop.storeId;
      return stage.member({ org: shop.org, storeId }, `13800002${String(100 + index)}`);
    }),
  );
  for (const [index, id] of members.entries()) {
    const body = {
      store: index % 2 ? 'double-2' : 'double-1',
      lines: [{ sku: 'TEA-100', quantity: 1 }],
      member: { member_id: id },
      tenders: [{ kind: 'cash' }],
    };
    const here = () => stage.send(shop.token, 'POST', '/v1/payments', body);
    const there = () => second.send(shop.token, 'POST', '/v1/payments', body);
    const replies = await Promise.all([here(), there(), here(), there()]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201]);
    const given = replies.reduce((sum, reply) => sum + granted(reply.json()), 0);
    expect([index, given]).toEqual([index, 250]);
  }
  await second.close();
  expect(await stage.breaches([shop.org, brand])).toEqual({});
});

test('a funder’s budget runs out under twenty callers: never overspent, and every sale succeeds', async () => {
  const shop = await stage.shop('funded');
  const bank = await stage.org('bank', 'issuer');
  const budget = await stage.budget(bank, shop.org, 2_100, 500);
  const funding = [{ party: 'funder' as const, funder_org: bank, budget, share: 1_000_000 }];
  await stage.offer(shop.org, { ...CASHBACK, code: 'by-bank', funding });
  const member = await stage.member(shop, '13800000003');
  const quote = await stage.send(shop.token, 'POST', '/v1/quotes', {
    store: 'funded-1',
    lines: [{ sku: 'TEA-100', quantity: 1 }],
    member: { phone: '13800000003' },
  });
  expect(quote.json().rewards).toMatchObject([{ kind: 'cashback', amount: 250 }]);
  const sales = await Promise.all(
    Array.from({ length: 20 }, () => sale(shop, 'funded-1', '13800000003')),
  );
  const given = sales.map(granted).reduce((sum, amount) => sum + amount, 0);
  expect(given).toBe(2_100);
  await stage.app.relay.settle();
  expect(await stage.balance(shop.org, '2610', budget)).toBe(0);
  expect(await stage.balance(bank, '2600', budget)).toBe(0);
  expect(await stage.balance(shop.org, '2031', member)).toBe(2_100);
  const [first] = sales.filter((each) => granted(each) === 250);
  const back = await stage.send(shop.token, 'POST', '/v1/refunds', {
    payment: first.payment_id,
    reason: 'x',
  });
  expect(back.statusCode, back.body).toBe(201);
  expect(await stage.balance(shop.org, '2610', budget)).toBe(250);
  expect(await stage.breaches([shop.org, bank])).toEqual({});
});

const LEASES =
  "select count(*)::int n from ledger.journal where kind = 'budget.lease' and org_id = $1";

async function funded(code: string, total: number, chunk: number) {
  const shop = await stage.shop(code);
  const bank = await stage.org(`${code}-bank`, 'issuer');
  const budget = await stage.budget(bank, shop.org, total, chunk);
  const funding = [{ party: 'funder' as const, funder_org: bank, budget, share: 1_000_000 }];
  await stage.offer(shop.org, { ...CASHBACK, code: 'by-bank', funding });
  await stage.member(shop, '13800000007');
  return { shop, bank, budget, token: await stage.key(bank) };
}

test.each([
  // chunk, sales at once, lent for their 250 fen each: in few leases, and no more than they need
  [50_000, 20, 50_000],
  [1, 20, 5_000],
  [700, 1, 700],
  [100, 1, 300],
])('a budget lent in chunks of %i to %i sales at once', async (chunk, count, lent) => {
  const code = `rushed-${chunk}-${count}`;
  const { shop, bank, budget } = await funded(code, 1_000_000, chunk);
  const sales = await Promise.all(
    Array.from({ length: count }, () => sale(shop, `${code}-1`, '13800000007')),
  );
  expect(sales.map(granted)).toEqual(sales.map(() => 250));
  const taken = 1_000_000 - (await stage.balance(bank, '2600', budget));
  expect(taken).toBe(lent);
  const [row] = await asOwner<{ n: number }>(stage.db.url, LEASES, [bank]);
  expect(row?.n).toBeLessThanOrEqual(3);
});

test('when a budget ends, what was lent and not used comes home, also after a refund', async () => {
  const { shop, bank, budget, token } = await funded('over', 10_000, 1_000);
  const sold = await sale(shop, 'over-1', '13800000007');
  expect(await stage.balance(shop.org, '2610', budget)).toBe(750);
  const end = async () => {
    const reply = await stage.send(token, 'POST', `/v1/budgets/${budget}/end`);
    expect(reply.statusCode, reply.body).toBe(200);
    return [
      await stage.balance(shop.org, '2610', budget),
      await stage.balance(bank, '2600', budget),
    ];
  };
  expect(await end()).toEqual([0, 9_750]);
  expect(await end()).toEqual([0, 9_750]);
  await stage.send(shop.token, 'POST', '/v1/refunds', { payment: sold.payment_id, reason: 'x' });
  expect(await end()).toEqual([0, 10_000]);
  expect(granted(await sale(shop, 'over-1', '13800000007'))).toBe(0);
  expect(await stage.breaches([shop.org, bank])).toEqual({});
});

test('a brand’s programme in a merchant’s store: rewards cross books, and come back', async () => {
  const shop = await stage.shop('corner');
  const brand = await stage.org('sunrise', 'brand');
  const programme = await stage.programme(brand, 'stars');
  const store = await stage.store(shop.org, 'corner-2');
  await stage.enrol(programme, shop.org, store);
  await stage.offer(brand, {
    code: 'stars',
    name: { zh: '星', en: 'Stars' },
    schedule: { from: '2020-01-01' },
    benefits: [
      {
        kind: 'points',
        earn: { by: 'per_yuan', rate: 2_000_000 },
        expiry: { type: 'rolling', days: 90 },
      },
    ],
  });
  const member = await stage.member({ org: shop.org, storeId: store }, '13800000004');
  const sold = await sale(shop, 'corner-2', '13800000004');
  expect(sold.rewards).toMatchObject([{ kind: 'points', amount: 100 }]);
  await stage.app.relay.settle();
  const owner = await stage.key(brand);
  for (const token of [owner, shop.token]) {
    const read = await stage.send(token, 'GET', `/v1/members/${member}/rewards`);
    expect(read.statusCode, read.body).toBe(200);
    expect(read.json()).toMatchObject({
      owner_org: brand,
      points: { posted: 100 },
      lots: [{ remaining: 100 }],
    });
  }
  const stranger = await stage.shop('stranger');
  expect(
    (await stage.send(stranger.token, 'GET', `/v1/members/${member}/rewards`)).statusCode,
  ).toBe(404);
  await stage.send(shop.token, 'POST', '/v1/refunds', { payment: sold.payment_id, reason: 'x' });
  await stage.app.relay.settle();
  expect(await stage.balance(brand, '2210', member)).toBe(0);
  expect(await stage.breaches([shop.org, brand])).toEqual({});
});

test('twenty callers with one key make one sale and get one answer', async () => {
  const shop = await stage.shop('same');
  const body = {
    store: 'same-1',
    lines: [{ sku: 'CUP-1', quantity: 1 }],
    tenders: [{ kind: 'cash' }],
  };
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      stage.send(shop.token, 'POST', '/v1/payments', body, { 'idempotency-key': 'one' }),
    ),
  );
  expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
  expect(replies.filter(({ headers }) => headers['idempotency-replayed'] !== 'true')).toHaveLength(
    1,
  );
  expect((await stage.send(shop.token, 'GET', '/v1/payments')).json().items).toHaveLength(1);
});

test('prices and offers that change under sales: each sale is wholly of one moment', async () => {
  const shop = await stage.shop('moving');
  const [, cup] = GOODS as [WantedProduct, WantedProduct];
  const body = {
    store: 'moving-1',
    lines: [{ sku: 'CUP-1', quantity: 4 }],
    tenders: [{ kind: 'cash' }],
  };
  const changes = (async () => {
    for (let step = 1; step <= 10; step++) {
      await stage.goods(shop.org, [{ ...cup, price: cup.price + step }]);
      if (step === 5) await stage.offer(shop.org, THRESHOLD);
    }
  })();
  const replies = [];
  for (let round = 0; round < 10; round++) {
    replies.push(
      ...(await Promise.all(
        Array.from({ length: 5 }, () => stage.send(shop.token, 'POST', '/v1/payments', body)),
      )),
    );
  }
  await changes;
  const answers = replies
    .filter(({ statusCode }) => statusCode === 201)
    .map((reply) => reply.json());
  expect(
    replies
      .map(({ statusCode }) => statusCode)
      .filter((status) => status !== 201 && status !== 503),
  ).toEqual([]);
  expect(answers.every(({ gross, lines }) => gross === 4 * Number(lines[0].unit_price))).toBe(true);
  const last = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect(last.json()).toMatchObject({ gross: 12_040, due: 11_040 });
  expect(await stage.breaches([shop.org])).toEqual({});
});
