import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import type { DefinitionInput } from '#offers';
import { item, need } from '#platform/record/part';
import { timerPart } from '#platform/timer/timer-part';
import { reopenPool, rewardsPart } from '#rewards';
import { asOwner } from '../database.ts';
import { type Shop, Stage } from '../stage.ts';
import { broken, rewardsOf, sellCups, shopAt, standing, until } from './rewards-stage.ts';

let stage: Stage;
let phones = 13_400_000_000;

beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage?.close());

const timing = { type: 'cumulative', window: { type: 'month' }, reach: { amount: 9_000 } } as const;
const MONTHLY: DefinitionInput = {
  code: 'month',
  name: { zh: '月', en: 'month' },
  schedule: { from: '2020-01-01' },
  benefits: [
    { kind: 'cashback', earn: { by: 'rate', rate: 100_000 }, timing },
    {
      kind: 'points',
      earn: { by: 'per_yuan', rate: 1_000_000 },
      expiry: { type: 'none' },
      timing,
    },
  ],
};

/** Reopens all pools of the shop, as a refund does that brings their sales below what they had reached. */
async function reopen({ org }: Shop): Promise<void> {
  const pools = await asOwner<{ pool: string }>(
    stage.db.url,
    'select pool from rewards.pool where org_id = $1',
    [org],
  );
  const now = stage.app.clocks.now(org);
  const key = newId();
  const hash = createHash('sha256').update(key).digest();
  const result = await stage.app.recorder.record({
    org,
    idempotency: { principal: 'system:test', key, hash },
    needs: pools.map(({ pool }) => need(rewardsPart, org, { pool })),
    decide(view) {
      const items = pools.flatMap(({ pool }) => {
        const at = { org, pool, zone: 'Asia/Shanghai', at: now };
        const done = reopenPool(view.of(rewardsPart), at);
        return [
          ...done.items.map((each) => item(rewardsPart, org, each)),
          ...done.timers.map((each) => item(timerPart, org, each)),
        ];
      });
      return { kind: 'accept', status: 200, answer: '{}', items };
    },
  });
  expect(result.kind).toBe('recorded');
}

test('a pool that is reopened waits again, with what was spent as a debt, and arrives when it is reached anew', async () => {
  const shop = await shopAt(stage, 'again', '2026-03-10 10:00', [MONTHLY]);
  const member = await stage.member(shop, String(++phones));
  await sellCups(stage, shop, member, 1);
  await sellCups(stage, shop, member, 2);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 900], points: [0, 90] });
  await stage.spend(shop, member, { points: 0, cashback: 400 });
  await reopen(shop);
  await expect
    .poll(() => standing(stage, shop, member))
    .toEqual({ cashback: [900, 0], points: [90, 0] });
  expect(await rewardsOf(stage, shop, member)).toMatchObject({
    points: { debt: 0, pending: 90 },
    cashback: { debt: 400, pending: 900 },
  });
  expect(await broken(stage, [shop.org])).toEqual({});
  await sellCups(stage, shop, member, 1);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 1_200], points: [0, 120] });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('one that is not reached anew is cancelled with its window', async () => {
  const shop = await shopAt(stage, 'gone', '2026-03-10 10:00', [MONTHLY]);
  const member = await stage.member(shop, String(++phones));
  await sellCups(stage, shop, member, 3);
  await reopen(shop);
  await expect
    .poll(() => standing(stage, shop, member))
    .toEqual({ cashback: [900, 0], points: [90, 0] });
  await until(stage, shop, '2026-04-01 00:00');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 0], points: [0, 0] });
  expect(await stage.balance(shop.org, '5030')).toBe(0);
  expect((await rewardsOf(stage, shop, member)).items).toMatchObject([
    { state: 'cancelled' },
    { state: 'cancelled' },
  ]);
  expect(await broken(stage, [shop.org])).toEqual({});
});
