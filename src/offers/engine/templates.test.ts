import { expect, test } from 'vitest';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { compileOffers } from './compile.ts';
import { decide } from './evaluate.ts';
import type { CouponFacts, Facts } from './facts.ts';
import type { OfferVersion } from './offer.ts';
import { templateName, templatesIn } from './templates.ts';

const SELLER = 10;
const OWNER = 20;
const off = { kind: 'discount', off: { by: 'amount', amount: 1_000 } } as const;
const byCoupon = (offer: string, ...templates: string[]) =>
  exampleOffer(offer, { conditions: { type: 'coupon', templates }, benefits: [off] });
const giving = (offer: string, quantity: number, fields = {}) =>
  exampleOffer(offer, { benefits: [{ kind: 'coupon', template: 'next', quantity }], ...fields });
const own = (version: OfferVersion): OfferVersion => ({ ...version, owner: SELLER });
const guest = (version: OfferVersion): OfferVersion => ({ ...version, owner: OWNER, guest: true });
const coupon = (id: string, template: string): CouponFacts => ({ id, template, to: null });

function decided(versions: readonly OfferVersion[], facts: Partial<Facts>) {
  const { evaluation } = decide(exampleSale(facts), compileOffers(versions));
  return evaluation.decisions.map(({ offer, amount, coupon: used, partly }) =>
    [offer, amount, used, partly].filter((each) => each !== undefined).join(' '),
  );
}

test('a set says which templates its offers ask for and give', () => {
  const nested = exampleOffer('n', {
    conditions: {
      type: 'any',
      of: [
        { type: 'coupon', templates: ['a', 'b'] },
        { type: 'none', of: [{ type: 'coupon', templates: ['c'] }] },
      ],
    },
  });
  const { asked, given } = templatesIn(compileOffers([own(nested), guest(giving('g', 1))]));
  expect(asked.map((each) => templateName(SELLER, each))).toEqual(['a', 'b', 'c']);
  expect(given.map((each) => templateName(SELLER, each))).toEqual(['20/next']);
  expect(templatesIn(compileOffers([exampleOffer('x')]))).toEqual({ asked: [], given: [] });
});

test('templates of the same code of two owners are two', () => {
  const paid = { party: 'funder', funder_org: OWNER, budget: 'b', share: 1_000_000 } as const;
  const theirs = guest(
    exampleOffer('theirs', {
      conditions: { type: 'coupon', templates: ['next'] },
      benefits: [off],
      funding: [paid],
    }),
  );
  const offers = [own(byCoupon('mine', 'next')), theirs];
  const budgets = { b: 1_000_000 };
  expect(decided(offers, { budgets, coupons: [coupon('c', 'next')] })).toEqual(['mine 1000 c']);
  expect(decided(offers, { budgets, coupons: [coupon('c', '20/next')] })).toEqual([
    'theirs 1000 c',
  ]);
});

test.each<[string, OfferVersion[], Record<string, number>, string[]]>([
  // what                          offers                                  left          given
  ['no limit', [giving('g', 3)], {}, ['g 3']],
  ['a limit not reached', [giving('g', 3)], { next: 3 }, ['g 3']],
  ['some left', [giving('g', 3)], { next: 2 }, ['g 2 coupons_left']],
  ['none left', [giving('g', 3)], { next: 0 }, []],
  ['not in part', [giving('g', 3, { limits: { partial_grants: false } })], { next: 2 }, []],
  ['two offers', [giving('g', 3), giving('h', 3)], { next: 4 }, ['g 3', 'h 1 coupons_left']],
  ['another template', [giving('g', 3)], { other: 0 }, ['g 3']],
])('%s: what may be given', (_what, offers, couponsLeft, given) => {
  expect(decided(offers, { couponsLeft })).toEqual(given);
});

test('a coupon that is not given says why', () => {
  const set = compileOffers([giving('g', 3)]);
  const { verdicts } = decide(exampleSale({ couponsLeft: { next: 0 } }), set);
  expect(
    [...verdicts.values()].flat().map(({ grant }) => 'reason' in grant && grant.reason),
  ).toEqual(['coupons_left']);
});
