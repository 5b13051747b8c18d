import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#kernel/day';
import { newId } from '#kernel/ids';
import type { HistoryAsked } from '#offers';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { HistoryState } from './history-state.ts';
import {
  netGone,
  nothingRefunded,
  refundStep,
  type RefundState,
  type SoldLine,
} from './payment.ts';
import { readDays, readHistory } from './read-history.ts';

let db: FreshDatabase;
const ORG = 7;
const FIRST = '2026-11-01';

beforeAll(async () => void (db = await freshDatabase()));
afterAll(() => db?.drop());

interface Sold {
  readonly day: string;
  readonly lines: readonly SoldLine[];
  /** null: wholly back. */
  readonly gone: RefundState | null;
}

const name = { zh: '茶', en: 'tea' };
const line = fc
  .record({
    sku: fc.constantFrom('A', 'B', 'C'),
    category: fc.constantFrom('tea', 'ware', null),
    brand: fc.constantFrom('leaf', null),
    quantity: fc.integer({ min: 1, max: 7 }),
    unit: fc.integer({ min: 0, max: 999 }),
    off: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ unit, off, ...goods }): SoldLine => {
    const amount = goods.quantity * unit;
    const discount = Math.floor((amount * off) / 100);
    const net = amount - discount;
    return { ...goods, name, unit_price: String(unit), amount, discount, net };
  });
const sold = fc
  .record({
    day: fc.integer({ min: 0, max: 9 }).map((days) => addDays(FIRST, days)),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    wishes: fc.array(fc.record({ line: fc.nat(3), quantity: fc.integer({ min: 1, max: 7 }) }), {
      maxLength: 3,
    }),
  })
  .map(({ day, lines, wishes }): Sold => {
    let gone: RefundState = nothingRefunded(lines.length);
    for (const wish of wishes) {
      const step = refundStep(lines, gone, [wish]);
      if ('kind' in step) continue;
      if (step.state === 'refunded') return { day, lines, gone: null };
      gone = step.after;
    }
    return { day, lines, gone };
  });
const asked = fc
  .record({
    whose: fc.constantFrom('member' as const, 'card' as const),
    from: fc.constantFrom(null, FIRST, addDays(FIRST, 3)),
    to: fc.constantFrom(addDays(FIRST, 5), addDays(FIRST, 9)),
    target: fc.constantFrom(
      null,
      { skus: ['A'], categories: [], brands: [] },
      { skus: ['B'], categories: ['tea'], brands: [] },
      { skus: [], categories: [], brands: ['leaf'] },
    ),
  })
  .map((each) => ({ ...each, subject: '', key: JSON.stringify(each) }));

/** A payment with two charges of the buyer's card, as its row stands after its refunds. */
async function plant(buyer: string, { day, lines, gone }: Sold): Promise<void> {
  const due = lines.reduce((sum, { net }) => sum + net, 0);
  const whole = refundStep(lines, nothingRefunded(lines.length), 'all');
  const after = gone ?? ('kind' in whole ? null : whole.after);
  const untouched = gone?.quantities.every((quantity) => quantity === 0) ?? false;
  const { amount: left } = moved(new HistoryState([all(buyer)]), buyer, [{ day, lines, gone }]);
  await asOwner(
    db.url,
    `with sold as (
       insert into payments.payment (org_id, payment_id, store_id, state, channel, occurred_at, business_day, member_org,
         member_id, gross, discount, due, refunded, refunded_amounts, refunded_quantities, lines, facts, offer_set, actor)
       values ($1, $2, $2, $3, 'pos', now(), $4, $1, $5, $6, 0, $6, $7, $8, $9, $10, '{}', '{}', 'x') returning payment_id)
     insert into payments.charge (org_id, payment_id, charge_no, tender, amount, state, card_bin, card_token, business_day)
     select $1, payment_id, no, 'card', 0, 'approved', '622202', $11, $4 from sold, generate_series(0, 1) no`,
    [
      ORG,
      newId(),
      gone === null ? 'refunded' : untouched ? 'paid' : 'part_refunded',
      day,
      buyer,
      due,
      due - left,
      untouched ? null : after?.amounts,
      untouched ? null : after?.quantities,
      JSON.stringify(lines),
      buyer,
    ],
  );
}

function all(subject: string) {
  const value: HistoryAsked = {
    key: 'all',
    whose: 'member',
    subject,
    from: null,
    to: '9999-12-31',
    target: null,
  };
  return { org: ORG, value };
}

function moved(state: HistoryState, buyer: string, sales: readonly Sold[]) {
  for (const { day, lines, gone } of sales) {
    const after = gone && { ...gone, refunded: netGone(lines, gone) };
    state.move(ORG, { member: buyer, cards: [buyer], day, lines, before: null, after });
  }
  return state.facts(ORG, [all(buyer).value])['all'] ?? { amount: 0 };
}

test('what is read of the payments is what a batch counts by itself', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sold, { maxLength: 8 }),
      fc.uniqueArray(asked, { minLength: 1, maxLength: 6, selector: ({ key }) => key }),
      async (sales, questions) => {
        const buyer = newId();
        for (const sale of sales) await plant(buyer, sale);
        const wanted = questions.map((each): HistoryAsked => ({ ...each, subject: buyer }));
        const counted = new HistoryState(wanted.map((value) => ({ org: ORG, value })));
        moved(counted, buyer, sales);
        const read = await db.read([ORG], (tx) => readHistory(tx, ORG, wanted));
        expect(read).toEqual(counted.facts(ORG, wanted));
      },
    ),
    { numRuns: 60 },
  );
});

test('another book sees nothing of them', async () => {
  const buyer = newId();
  const tea: SoldLine = {
    sku: 'A',
    name,
    category: null,
    brand: null,
    quantity: 1,
    unit_price: '100',
    amount: 100,
    discount: 0,
    net: 100,
  };
  await plant(buyer, { day: FIRST, lines: [tea], gone: nothingRefunded(1) });
  const { value } = all(buyer);
  const of = (org: number) => db.read([org], (tx) => readDays(tx, [{ org, value }]));
  expect(await of(ORG)).toMatchObject([{ day: FIRST, amount: 100, count: 1 }]);
  expect(await of(ORG + 1)).toEqual([]);
  expect(await db.read([ORG, ORG + 1], (tx) => readDays(tx, [{ org: ORG + 1, value }]))).toEqual(
    [],
  );
});
