import { describe, expect, test } from 'vitest';
import { compileOffers } from '../engine/compile.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { explain } from './explain.ts';
import { nearest } from './nearest.ts';
import { month, save, cashback, told, type Fields } from './told.fixture.ts';

describe('several conditions', () => {
  test.each<[string, Fields, string, number | null, string, string]>([
    [
      'of alternatives the nearest is told, with the figures',
      {
        conditions: {
          type: 'any',
          of: [
            { type: 'tier', tiers: ['black'] },
            { type: 'basket_amount', min: 30_000 },
            { type: 'basket_amount', min: 18_500 },
          ],
        },
      },
      'basket_amount',
      500,
      '再消费 5.00 元可享 9.5 折',
      'Spend 5.00 yuan more to save 5%',
    ],
    [
      'of all that fail, first the one that nobody can change',
      {
        conditions: {
          type: 'all',
          of: [
            { type: 'basket_amount', min: 20_000 },
            { type: 'weekday', weekdays: [2] },
            { type: 'tender', methods: ['card'] },
          ],
        },
      },
      'weekday',
      null,
      '仅限周二(本单:周六);另须再消费 20.00 元,并使用 card 付款',
      'Only on Tuesday (here: Saturday); besides, spend 20.00 yuan more and pay by card',
    ],
    [
      'what can all be had stands in one sentence',
      {
        conditions: {
          type: 'all',
          of: [
            { type: 'basket_amount', min: 20_000 },
            { type: 'contains', skus: ['cup'], quantity: 2 },
          ],
        },
      },
      'basket_amount',
      2_000,
      '再消费 20.00 元,并再买 1 件「cup」可享 9.5 折',
      'Spend 20.00 yuan more and buy 1 more of cup to save 5%',
    ],
    [
      'an amount is asked for once, whoever asks for it',
      {
        conditions: { type: 'basket_amount', min: 20_000 },
        benefits: [save(1_000, 25_000)],
      },
      'basket_net',
      7_000,
      '再消费 70.00 元可减 10 元',
      'Spend 70.00 yuan more to save 10.00',
    ],
    [
      'of an exclusion what is excluded is told',
      {
        conditions: {
          type: 'all',
          of: [
            {
              type: 'none',
              of: [
                { type: 'contains', skus: ['x'] },
                { type: 'weekday', weekdays: [6] },
              ],
            },
          ],
        },
      },
      'excluded_by',
      null,
      '不适用于:周六',
      'Does not apply on Saturday',
    ],
  ])('%s', (_, fields, reason, missing, zh, en) => {
    expect(told(fields, {}, 'cashier')).toMatchObject(
      reason === 'weekday' ? { reason } : { reason, missing, text: { zh, en } },
    );
    expect(told(fields, {}, 'merchant')).toMatchObject({ reason, missing, text: { zh, en } });
  });
});

test('the nearest miss comes first: least to spend now, then what needs another visit', () => {
  const visit = { type: 'history', measure: 'count', window: month, min: 2 } as const;
  const set = compileOffers([
    exampleOffer('far', { benefits: [save(5_000, 30_000)] }),
    exampleOffer('later', { conditions: structuredClone(visit) as never }),
    exampleOffer('granted', { benefits: [cashback] }),
    exampleOffer('cup', { conditions: { type: 'contains', skus: ['cup'], quantity: 2 } }),
    exampleOffer('near', { benefits: [save(1_000, 19_240)] }),
    exampleOffer('never', { audience: { tiers: ['black'] } }),
    exampleOffer('card', { conditions: { type: 'tender', methods: ['card'] } }),
  ]);
  const found = nearest(explain(exampleSale(), set, 'cashier'));
  expect(found.map(({ offer, missing, unit }) => [offer, missing, unit])).toEqual([
    ['near', 1_240, 'fen'],
    ['cup', 1, 'items'],
    ['far', 12_000, 'fen'],
    ['later', 1, 'purchases'],
  ]);
});

test('the loser of a group names the winner; the merchant hears what both give', () => {
  const set = compileOffers([
    exampleOffer('a', { stacking: { group: 'g' } }),
    exampleOffer('b', {
      stacking: { group: 'g' },
      name: { zh: '大促', en: 'Big sale' },
      benefits: [save(5_000, 10_000)],
    }),
  ]);
  const [consumer] = explain(exampleSale(), set, 'consumer');
  expect(consumer).toMatchObject({
    outcome: 'not',
    reason: 'lost',
    lostTo: 'b',
    text: {
      zh: '不能同享,已选用「大促」',
      en: 'Cannot be combined; “Big sale” was applied instead',
    },
  });
  expect(explain(exampleSale(), set)).toMatchObject([
    {
      text: {
        zh: '不能同享,已选用「大促」;本方案单独可得:已减 9.00 元;选用的方案:已减 50.00 元',
        en: 'Cannot be combined; “Big sale” was applied instead; alone it gives: 9.00 yuan off; the one applied: 50.00 yuan off',
      },
    },
    { offer: 'b', outcome: 'granted', decisions: [{ amount: 5_000 }] },
  ]);
});

test('of several benefits those granted and those missing are told', () => {
  const fields = { benefits: [cashback, save(1_000, 19_240)] } as Fields;
  expect(told(fields, {}, 'cashier')).toMatchObject({
    outcome: 'partly',
    text: {
      zh: '返现 9.00 元;再消费 12.40 元可减 10 元',
      en: '9.00 yuan cash back; Spend 12.40 yuan more to save 10.00',
    },
  });
});
