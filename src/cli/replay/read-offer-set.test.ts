import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal';
import { readOfferSet } from './read-offer-set.ts';
import { withFile } from './written-file.fixture.ts';

const FOLDER = fileURLToPath(new URL('../../../sim/offers/', import.meta.url));
const examples = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

test.each(examples)('%s is legal', async (name) => {
  const { offers } = await readOfferSet(FOLDER + name);
  expect(offers.length).toBeGreaterThan(0);
});

const name = { zh: '一', en: 'one' };
const bank = { code: 'bank', name, kind: 'issuer' };
const fund = { code: 'fund', funder: 'bank', name, total: 1_000 };
const offer = (more: object = {}) => ({
  code: 'A',
  name,
  schedule: { from: '2010-01-01' },
  benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 10_000 } }],
  ...more,
});
const paidBy = (more: object) =>
  offer({ funding: [{ party: 'funder', share: 1_000_000, ...more }] });

/** Pointers and English details of the faults; none for a legal file. */
const faultsIn = (content: unknown) =>
  withFile('offers.json', JSON.stringify(content), async (path) => {
    try {
      await readOfferSet(path);
      return [];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      expect(error.refusal.code).toBe('offers_file_broken');
      for (const { detail } of error.refusal.errors ?? [])
        expect(detail.zh).toMatch(/\p{Script=Han}/u);
      return (error.refusal.errors ?? []).map(({ pointer, detail }) => [pointer, detail.en]);
    }
  });

describe('a file names budgets, funders and templates by its own codes', () => {
  test.each<readonly [string, unknown]>([
    ['a list of offers', [offer()]],
    [
      'a budget of a funder',
      { funders: [bank], budgets: [fund], offers: [paidBy({ budget: 'fund' })] },
    ],
    [
      'a budget of the brand of old',
      { budgets: [{ ...fund, funder: undefined }], offers: [paidBy({ budget: 'fund' })] },
    ],
    [
      'a template',
      {
        templates: [{ code: 'T', name, validity: { type: 'rolling', days: 3 } }],
        offers: [offer({ benefits: [{ kind: 'coupon', template: 'T', quantity: 1 }] })],
      },
    ],
  ])('%s', async (_name, content) => {
    expect(await faultsIn(content)).toEqual([]);
  });
});

describe('a fault is named with its place and what would be legal', () => {
  test.each<readonly [string, unknown, string, RegExp]>([
    ['no offers', {}, '/offers', /required: a list/],
    ['an unknown field', { offers: [], budget: [] }, '/budget', /legal are funders, budgets/],
    [
      'another kind of funder',
      { funders: [{ ...bank, kind: 'shop' }], offers: [] },
      '/funders/0/kind',
      /brand.*issuer/,
    ],
    [
      'a code in capitals',
      { funders: [{ ...bank, code: 'BANK' }], offers: [] },
      '/funders/0/code',
      /1 to 20 lower-case/,
    ],
    [
      'a code twice',
      { funders: [bank, bank], offers: [] },
      '/funders/1/code',
      /\/funders\/0 already/,
    ],
    [
      'a funder that is not there',
      { budgets: [fund], offers: [] },
      '/budgets/0/funder',
      /defines no funders/,
    ],
    [
      'a chunk above the total',
      { funders: [bank], budgets: [{ ...fund, chunk: 1_001 }], offers: [] },
      '/budgets/0/chunk',
      /at most the 1000 fen/,
    ],
    [
      'a budget that is not there',
      { funders: [bank], budgets: [fund], offers: [paidBy({ budget: 'x' })] },
      '/offers/0/funding/0/budget',
      /of budgets: fund/,
    ],
    [
      'a template that is not there',
      { offers: [offer({ conditions: { type: 'coupon', templates: ['T'] } })] },
      '/offers/0/conditions/templates/0',
      /defines no templates/,
    ],
    [
      'a template without days',
      { templates: [{ code: 'T', name }], offers: [] },
      '/templates/0/validity',
      /required|must be/,
    ],
    [
      'a rate above 100 %',
      {
        offers: [
          offer(),
          offer({
            code: 'B',
            benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 2_000_000 } }],
          }),
        ],
      },
      '/offers/1/benefits/0/earn/rate',
      /at most 1,000,000/,
    ],
    [
      'shares that do not sum up',
      { offers: [offer({ funding: [{ party: 'merchant', share: 1 }] })] },
      '/offers/0/funding',
      /1,000,000|100 %/,
    ],
    [
      'the same in a file that is a list',
      [offer({ benefits: [] })],
      '/0/benefits',
      /at least one benefit/,
    ],
  ])('%s', async (_name, content, pointer, en) => {
    expect(await faultsIn(content)).toEqual([[pointer, expect.stringMatching(en)]]);
  });
});
