import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { type Shop, Stage } from '../stage.ts';
import { broken } from '../rewards/rewards-stage.ts';
import { cashback, points, previewed, sell, spend, tenOff } from './refunds-stage.ts';

let stage: Stage;
let bank: number;
let shops = 0;
let phones = 13_500_000_000;

beforeAll(async () => {
  stage = await Stage.open();
  bank = await stage.org('bank', 'issuer');
});
afterAll(() => stage?.close());

const policy = fc.record({
  retest: fc.constantFrom('none' as const, 'threshold' as const),
  shortage: fc.constantFrom('member_debt' as const, 'from_refund' as const, 'payer' as const),
});
type Timing = Extract<DefinitionInput['benefits'][number], { kind: 'cashback' }>['timing'];
const timing = fc.constantFrom<Timing>(
  undefined,
  undefined,
  { type: 'business_days', days: 1 },
  { type: 'cumulative', window: { type: 'month' }, reach: { amount: 15_000 } },
);
const drawn = fc.record({
  away: fc.boolean(),
  policies: fc.tuple(policy, policy, policy),
  timing,
  cap: fc.integer({ min: 500, max: 3_000 }),
  goods: fc.record({
    'TEA-100': fc.integer({ min: 1, max: 3 }),
    'CUP-1': fc.integer({ min: 1, max: 3 }),
    'ODD-1': fc.integer({ min: 1, max: 4 }),
  }),
  spent: fc.tuple(fc.nat(100), fc.nat(100)),
  wishes: fc.array(fc.record({ line: fc.nat(2), quantity: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 5,
  }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

/** A shop with a discount above 100.00, points and cashback; half of the money comes from the bank. */
async function opened({ away, policies, timing: when, cap }: Drawn) {
  const code = `random-${++shops}`;
  const shop: Shop = await stage.shop(code);
  const budget = await stage.budget(bank, shop.org, 1_000_000, 10_000);
  const funding = [
    { party: 'merchant' as const, share: 333_333 },
    { party: 'funder' as const, funder_org: bank, budget, share: 666_667 },
  ];
  const [first, second, third] = policies;
  const earn = { by: 'rate', rate: 123_000 } as const;
  const given = { kind: 'cashback' as const, earn, spend: 4_000, ...(when && { timing: when }) };
  await stage.offer(shop.org, tenOff(first, { funding }));
  await stage.offer(
    shop.org,
    cashback(second, {
      funding,
      benefits: [given],
      limits: { each: [{ per: 'member', window: { type: 'day' }, amount: cap }] },
    }),
  );
  if (!away) {
    await stage.offer(shop.org, points(third));
    return { shop, owner: shop.org, programme: shop.programme.programmeId };
  }
  const owner = await stage.org(`brand-${shops}`, 'brand');
  const club = await stage.programme(owner, 'stars');
  const storeId = await stage.store(shop.org, `${code}-2`);
  await stage.enrol(club, shop.org, storeId);
  await stage.offer(owner, points(third));
  return { shop: { ...shop, storeId }, owner, programme: club.programmeId };
}

test('what a preview says is what the refund does, and all of them together leave nothing', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (all) => {
      const { shop, owner, programme } = await opened(all);
      const member = await stage.member(shop, String(++phones));
      const sale = await sell(stage, shop, member, all.goods);
      await stage.app.relay.settle();
      const of = (code: '2210' | '2031') => stage.balance(owner, code, member);
      const [used, fen] = await Promise.all([of('2210'), of('2031')]);
      const asked = {
        points: Math.floor((used * all.spent[0]) / 100),
        cashback: Math.floor((fen * all.spent[1]) / 100),
      };
      if (asked.points + asked.cashback > 0) await spend(stage, owner, programme, member, asked);
      const left = Object.values(all.goods);
      let money = 0;
      for (const wish of [...all.wishes, null]) {
        const open = wish === null ? 0 : left[wish.line]! - wish.quantity;
        if (
          open < 0 ||
          (wish !== null && left.reduce((sum, units) => sum + units) === wish.quantity)
        )
          continue;
        if (wish !== null) left[wish.line] = open;
        const back = await previewed(stage, shop, sale.payment_id, wish ? [wish] : undefined);
        money += back.amount + back.withheld;
      }
      expect(money).toBe(sale.due);
      const { rewards } = (
        await stage.send(shop.token, 'GET', `/v1/payments/${sale.payment_id}`)
      ).json();
      for (const each of rewards) expect(each.reversed).toBe(each.amount);
      expect(await broken(stage, [shop.org, owner, bank])).toEqual({});
      expect([await of('2210'), await of('2031')]).toEqual([0, 0]);
    }),
    { numRuns: 25 },
  );
}, 240_000);

test('twenty refunds at once of what a member of another’s programme has spent: all of it is withheld, once', async () => {
  const policies = Array.from({ length: 3 }, () => ({
    retest: 'none' as const,
    shortage: 'from_refund' as const,
  })) as unknown as Drawn['policies'];
  const plain = { away: true, policies, timing: undefined, cap: 3_000 };
  const { shop, owner, programme } = await opened({
    ...plain,
    goods: { 'TEA-100': 1, 'CUP-1': 1, 'ODD-1': 1 },
    spent: [0, 0],
    wishes: [],
  });
  const member = await stage.member(shop, String(++phones));
  const sale = await sell(stage, shop, member, { 'CAKE-1': 20 });
  await stage.app.relay.settle();
  const [points0, fen] = [
    await stage.balance(owner, '2210', member),
    await stage.balance(owner, '2031', member),
  ];
  await spend(stage, owner, programme, member, { points: points0 - 20, cashback: fen - 300 });
  const asked = { payment: sale.payment_id, lines: [{ line: 0, quantity: 1 }], reason: 'x' };
  const all = await Promise.all(
    Array.from({ length: 25 }, () => stage.send(shop.token, 'POST', '/v1/refunds', asked)),
  );
  const done = all.filter(({ statusCode }) => statusCode === 201).map((reply) => reply.json());
  expect(done).toHaveLength(20);
  const sum = (of: 'amount' | 'withheld') => done.reduce((total, each) => total + each[of], 0);
  expect(sum('amount') + sum('withheld')).toBe(sale.due);
  expect(await stage.balance(shop.org, '1150', shop.storeId)).toBe(sum('withheld'));
  expect(await broken(stage, [shop.org, owner, bank])).toEqual({});
  const rest = (['2210', '2031', '1231', '1230'] as const).map((code) =>
    stage.balance(owner, code, member),
  );
  expect(await Promise.all(rest)).toEqual([0, 0, 0, 0]);
  const due = await stage.balance(shop.org, '2910', owner);
  expect(due).toBe(await stage.balance(owner, '1910', shop.org));
});
