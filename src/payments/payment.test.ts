import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isId, newId, newNumberedId } from '#kernel/ids';
import {
  chargesOf,
  idsOfReceipt,
  mayVoid,
  nothingRefunded,
  receiptNo,
  type RefundLine,
  refundedOf,
  refundStep,
  type SoldLine,
} from './payment.ts';

const RUNS = { numRuns: 1_000 };
const name = { zh: '茶', en: 'tea' };

const soldLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 50 }),
    unit: fc.integer({ min: 0, max: 100_000 }),
    off: fc.integer({ min: 0, max: 1_000_000 }),
  })
  .map(({ quantity, unit, off }): SoldLine => {
    const amount = quantity * unit;
    const discount = Math.floor((amount * off) / 1_000_000);
    const net = amount - discount;
    const goods = { sku: 'A', name, category: null, brand: null, unit_price: String(unit) };
    return { ...goods, quantity, amount, discount, net };
  });
const basket = fc.array(soldLine, { minLength: 1, maxLength: 6 });
const wishes = fc.array(fc.record({ line: fc.nat(5), quantity: fc.integer({ min: 1, max: 20 }) }), {
  maxLength: 12,
});

const netOf = (lines: readonly SoldLine[]) => lines.reduce((sum, { net }) => sum + net, 0);

test('any sequence of refunds ends where one full refund ends', () => {
  fc.assert(
    fc.property(basket, wishes, (lines, asked) => {
      let state = nothingRefunded(lines.length);
      let back = 0;
      for (const wish of asked) {
        const step = refundStep(lines, state, [wish]);
        if ('kind' in step) continue;
        expect(step.amount).toBeGreaterThanOrEqual(0);
        expect(step.gross).toBeGreaterThanOrEqual(step.amount);
        back += step.amount;
        state = step.after;
        expect(back).toBeLessThanOrEqual(netOf(lines));
      }
      const last = refundStep(lines, state, 'all');
      if ('kind' in last) throw new Error('what is open can always be refunded');
      expect(last.state).toBe('refunded');
      expect(back + last.amount).toBe(netOf(lines));
    }),
    RUNS,
  );
});

test('what is asked is refused exactly where more than is open goes back', () => {
  fc.assert(
    fc.property(basket, wishes, (lines, asked) => {
      const open = lines.map(({ quantity }) => quantity);
      const fault = asked.findIndex(({ line, quantity }) => {
        open[line] = (open[line] ?? -1) - quantity;
        return open[line] < 0;
      });
      const step = refundStep(lines, nothingRefunded(lines.length), asked);
      expect('kind' in step ? step.at : -1).toBe(fault);
    }),
    RUNS,
  );
});

const tea: SoldLine = {
  sku: 'A',
  name,
  category: null,
  brand: null,
  unit_price: '333',
  quantity: 3,
  amount: 999,
  discount: 100,
  net: 899,
};
const seen = { amounts: [333], quantities: [1] };

test.each<[string, RefundLine[], object]>([
  ['one unit', [{ line: 0, quantity: 1 }], { amount: 299, gross: 333, state: 'part_refunded' }],
  ['the rest', [{ line: 0, quantity: 2 }], { amount: 599, gross: 666, state: 'refunded' }],
  [
    'money alone',
    [{ line: 0, quantity: 0, amount: 100 }],
    { amount: 90, gross: 100, state: 'part_refunded' },
  ],
  ['too many', [{ line: 0, quantity: 3 }], { kind: 'over_quantity', at: 0, open: 2 }],
  ['too much', [{ line: 0, quantity: 1, amount: 700 }], { kind: 'over_amount', at: 0, open: 666 }],
  ['another line', [{ line: 1, quantity: 1 }], { kind: 'line_unknown', at: 0, lines: 1 }],
])('after one of three went back: %s', (_name, asked, result) => {
  expect(refundStep([tea], seen, asked)).toMatchObject(result);
});

test.each([
  [1_200, [{ kind: 'cash' }], [{ tender: 'cash', amount: 1_200, tendered: null }]],
  [
    1_200,
    [{ kind: 'cash', tendered: 2_000 }],
    [{ tender: 'cash', amount: 1_200, tendered: 2_000 }],
  ],
  [
    1_200,
    [{ kind: 'cash', tendered: 1_199 }],
    { kind: 'tendered_short', at: 0, amount: 1_200, tendered: 1_199 },
  ],
  [1_200, [{ kind: 'cash', amount: 1_000 }], { kind: 'tender_mismatch', due: 1_200, given: 1_000 }],
  [
    1_200,
    [
      { kind: 'cash', amount: 700 },
      { kind: 'cash', amount: 500 },
    ],
    [{ amount: 700 }, { amount: 500 }],
  ],
  [1_200, [{ kind: 'cash', amount: 1_200 }, { kind: 'cash' }], [{ amount: 1_200 }, { amount: 0 }]],
  [0, [{ kind: 'cash' }], [{ tender: 'cash', amount: 0, tendered: null }]],
] as const)('%i is due and paid by %j', (due, tenders, result) => {
  expect(chargesOf(due, tenders)).toMatchObject(result);
});

test('a receipt number leads back to its payment', () => {
  const numbers = new Set<string>();
  for (let i = 0; i < 1_000; i++) {
    const id = newNumberedId();
    numbers.add(receiptNo(id));
    const range = idsOfReceipt(receiptNo(id).toLowerCase().replaceAll('-', ' '));
    expect(range && range.from <= id && id <= range.to).toBe(true);
    expect(range && isId(range.from) && isId(range.to)).toBe(true);
  }
  // Many of them were made within one millisecond.
  expect(numbers.size).toBe(1_000);
  for (const wrong of ['', '0', 'U0000-00000-00000', '00000-00000-000000', newId()]) {
    expect(idsOfReceipt(wrong)).toBeUndefined();
  }
});

test.each([
  ['paid', '2026-11-21', '2026-11-21', true],
  ['paid', '2026-11-20', '2026-11-21', false],
  ['part_refunded', '2026-11-21', '2026-11-21', false],
  ['voided', '2026-11-21', '2026-11-21', false],
] as const)(
  'a payment that is %s, sold on %s, may be voided on %s: %s',
  (state, soldOn, today, may) => {
    expect(mayVoid(state, soldOn, today)).toBe(may);
  },
);

test('refunds in any sequence fill the charges one after the other, to the fen', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(700), { maxLength: 8 }),
      (amounts, asked) => {
        const due = amounts.reduce((sum, amount) => sum + amount, 0);
        let refunded = 0;
        let before = amounts.map(() => 0);
        for (const ask of [...asked, due]) {
          refunded += Math.min(ask, due - refunded);
          const after = refundedOf(amounts, refunded);
          expect(after.reduce((sum, part) => sum + part, 0)).toBe(refunded);
          expect(after.every((part, no) => part >= before[no]! && part <= amounts[no]!)).toBe(true);
          before = after;
        }
        expect(before).toEqual(amounts);
      },
    ),
  );
});
