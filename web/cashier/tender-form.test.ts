import { expect, test } from 'vitest';
import { EMPTY_FORM, tenderOf } from './tender-form.ts';

const card = { way: 'card', bin: '622202', last4: '0128', reference: ' POS7-1 ' } as const;

test.each([
  [{}, { tender: { kind: 'cash' } }],
  [{ tendered: '100' }, { tender: { kind: 'cash', tendered: 10_000 } }],
  [{ tendered: '49.99' }, { fault: 'short', missing: 1 }],
  [{ tendered: 'x' }, { fault: 'amount_bad' }],
  [card, { tender: { kind: 'card', card: { bin: '622202', last4: '0128' }, reference: 'POS7-1' } }],
  [{ ...card, bin: '62220' }, { fault: 'card_bad' }],
  [{ ...card, last4: '12' }, { fault: 'card_bad' }],
  [{ ...card, reference: ' ' }, { fault: 'card_bad' }],
  [{ way: 'wechat', reference: '' }, { fault: 'reference_bad' }],
  [
    { way: 'wechat', reference: '420001' },
    { tender: { kind: 'wallet', wallet: 'wechat', reference: '420001' } },
  ],
] as const)('%j for 50.00', (entered, expected) => {
  expect(tenderOf({ ...EMPTY_FORM, ...entered }, 5_000)).toEqual(expected);
});
