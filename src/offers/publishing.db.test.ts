import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { checkWritten } from './check-offer.ts';
import { examineDraft, warningsFor } from './examine-draft.ts';
import { createOffer, editDraft, type Offer, type OffersRoom, publishOffer } from './index.ts';
import {
  as,
  asProduct,
  BOOKS,
  BRAND,
  bySpring,
  cashback,
  onePointPerYuan,
  roomOver,
  TEA,
  written,
} from './stage.fixture.ts';

let db: FreshDatabase;
let room: OffersRoom;

beforeAll(async () => {
  db = await freshDatabase();
  room = roomOver(db);
  await createOffer(room, as(TEA), written('FIRST'));
});
afterAll(() => db?.drop());

const off = (by: object, more: object = {}) => ({
  benefits: [{ kind: 'discount', off: by, ...more }],
});
let queued = false;
let writtenSoFar = 0;

async function publish(org: number, fields: object): Promise<Offer> {
  const code = `I-${writtenSoFar++}-${org}`;
  const { id } = await createOffer(room, as(org), written(code, fields));
  return publishOffer(room, asProduct(org), id);
}

test.each<[string, number, object, readonly string[]]>([
  // what is wrong                  org    fields                                            pointers
  [
    'an end before the start',
    TEA,
    { schedule: { from: '2026-02-01', to: '2026-01-01' } },
    ['/schedule/to'],
  ],
  ['no benefit', TEA, { benefits: [] }, ['/benefits']],
  ['a field that is not one', TEA, { budget: 1 }, ['']],
  ['a store not there', TEA, { scope: { stores: ['north-gate', 'moon'] } }, ['/scope/stores/1']],
  ['a tier not there', TEA, { audience: { tiers: ['gold', 'tin'] } }, ['/audience/tiers/1']],
  [
    'a tier not there, inside',
    TEA,
    {
      conditions: {
        type: 'any',
        of: [
          { type: 'weekday', weekdays: [1] },
          { type: 'tier', tiers: ['tin'] },
        ],
      },
    },
    ['/conditions/of/1/tiers/0'],
  ],
  [
    'a budget not there',
    TEA,
    { benefits: [cashback], funding: [{ ...bySpring[0], budget: 'autumn' }] },
    ['/funding/0/budget'],
  ],
  ['a brand’s discount at the merchant’s cost', BRAND, {}, ['/funding/0/party']],
  [
    'a merchant’s cashback from a budget of its own',
    TEA,
    { benefits: [cashback], funding: [{ ...bySpring[0], funder_org: TEA }] },
    ['/funding/0/funder_org'],
  ],
  [
    'a brand’s cashback in part at the merchant’s cost',
    BRAND,
    {
      benefits: [
        onePointPerYuan,
        {
          ...cashback,
          funding: [
            { ...bySpring[0], share: 500_000 },
            { party: 'merchant', share: 500_000 },
          ],
        },
      ],
    },
    ['/benefits/1/funding/1/party'],
  ],
  [
    'an SKU not sold',
    TEA,
    { conditions: { type: 'contains', skus: ['TEA-100', 'MOON-1'] } },
    ['/conditions/skus/1'],
  ],
  [
    'a category without goods',
    TEA,
    off({ by: 'percent', rate: 1_000 }, { target: { categories: ['tea', 'moons'] } }),
    ['/benefits/0/target/categories/1'],
  ],
  [
    'a brand without goods',
    TEA,
    off({ by: 'buy_get', buy: 1, get: 1, rate: 1_000, of: { brands: ['moon'] } }),
    ['/benefits/0/off/of/brands/0'],
  ],
  [
    'a bundle with goods not sold',
    TEA,
    off({
      by: 'bundle',
      parts: [
        { skus: ['TEA-100'], quantity: 1 },
        { skus: ['MOON-1'], quantity: 1 },
      ],
      price: 9,
    }),
    ['/benefits/0/off/parts/1/skus/0'],
  ],
  [
    'a gift not sold',
    TEA,
    { benefits: [{ kind: 'gift', sku: 'MOON-1', quantity: 1 }] },
    ['/benefits/0/sku'],
  ],
  [
    'a bank not known',
    TEA,
    { conditions: { type: 'issuer', issuers: ['ICBC', 'MOON'] } },
    ['/conditions/issuers/1'],
  ],
  [
    'coupons of no template',
    TEA,
    { benefits: [{ kind: 'coupon', template: 'moon', quantity: 1 }] },
    ['/benefits/0/template'],
  ],
  [
    'a coupon of no template',
    TEA,
    { conditions: { type: 'coupon', templates: ['next-visit', 'moon'] } },
    ['/conditions/templates/1'],
  ],
  [
    'a funder who is nobody',
    TEA,
    { benefits: [cashback], funding: [{ ...bySpring[0], funder_org: 99 }] },
    ['/funding/0/funder_org', '/funding/0/budget'],
  ],
  [
    'an offer not there',
    TEA,
    { stacking: { not_with: ['FIRST', 'MOON'] } },
    ['/stacking/not_with/1'],
  ],
])('%s is refused at the field', async (_, org, fields, pointers) => {
  const error = await publish(org, fields).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refused);
  const { code, status, errors } = (error as Refused).refusal;
  expect([code, status, errors?.map(({ pointer }) => pointer)]).toEqual([
    'offer_illegal',
    422,
    pointers,
  ]);
  for (const { detail } of errors ?? []) {
    expect(detail.zh).toMatch(/\p{Script=Han}/u);
    expect(detail.en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('a group chooses in one way', async () => {
  const grouped = (pick: string, more: object = {}) => ({
    stacking: { group: 'one', pick, ...more },
  });
  await publish(TEA, grouped('all', { most: 2 }));
  await publish(TEA, grouped('all', { most: 2 }));
  const pointers = async (fields: object) => {
    const error = await publish(TEA, fields).catch((thrown: unknown) => thrown);
    return (error as Refused).refusal.errors?.map(({ pointer }) => pointer);
  };
  expect(await pointers(grouped('best'))).toEqual(['/stacking/pick']);
  expect(await pointers(grouped('all', { most: 3 }))).toEqual(['/stacking/most']);
  await publish(TEA, { stacking: { group: 'two', pick: 'best' } });
});

test.each<[string, number, object, string[]]>([
  [
    'goods that cannot be looked up',
    BRAND,
    {
      ...off({ by: 'percent', rate: 50_000 }, { target: { skus: ['X'] } }),
      funding: [...bySpring],
    },
    ['/benefits/0/target/skus/0'],
  ],
  ['a terminal', BOOKS, { scope: { terminals: ['T1'] } }, ['/scope/terminals/0']],
  [
    'a budget too small for one grant',
    BRAND,
    { ...off({ by: 'amount', amount: 100_001 }), funding: [...bySpring] },
    ['/funding/0/budget'],
  ],
  [
    'a budget for one grant',
    BRAND,
    { ...off({ by: 'amount', amount: 100_000 }), funding: [...bySpring] },
    [],
  ],
  [
    'first of equals in a group',
    TEA,
    { stacking: { group: 'queue', pick: 'first' } },
    ['/priority', '/funding/0/party'],
  ],
  [
    'first of a group',
    TEA,
    { priority: 5, stacking: { group: 'queue', pick: 'first' } },
    ['/funding/0/party'],
  ],
])('%s is warned of', async (_, org, fields, pointers) => {
  if (org === TEA && !queued) await publish(TEA, { stacking: { group: 'queue', pick: 'first' } });
  queued ||= org === TEA;
  const { warnings } = await checkWritten(room, as(org), written('WARNED', fields));
  expect(warnings.map(({ pointer }) => pointer)).toEqual(pointers);
});

test('a version of a later day leaves a gap, which is said before it is published', async () => {
  const { id, code } = await publish(TEA, {});
  const tea = as(TEA);
  await editDraft(room, tea, id, written(code, { schedule: { from: '2026-12-01' } }));
  const warnings = await warningsFor(room, tea, await examineDraft(room, tea, id));
  expect(warnings.map(({ pointer }) => pointer)).toContain('/schedule/from');
});

test.each([
  ['points of its own', { benefits: [onePointPerYuan] }],
  ['cashback from a budget', { benefits: [cashback], funding: [...bySpring] }],
])('a brand may publish %s', async (_, fields) => {
  expect(await publish(BRAND, fields)).toMatchObject({ status: 'live', liveVersion: 1 });
});
