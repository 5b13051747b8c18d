import { fen } from '#kernel/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { returnMatcher } from './match-returns.ts';
import type { MatchedReturn } from './match-returns.ts';
import type { Ticket } from './ticket.ts';

/** A ticket from "invoice customer sku*quantity=amount ...": "C.." is a return, "-" is anonymous. */
function ticket(text: string): Ticket {
  const [invoice = '', customer = '', ...parts] = text.split(' ');
  const lines = parts.map((part, index) => {
    const [sku = '', quantity, amount] = part.split(/[*=]/);
    const money = { quantity: Number(quantity), amount: fen(Number(amount)) };
    return { sku, ...money, unitPrice: '1.00', line: index + 1 };
  });
  return {
    kind: invoice.startsWith('C') ? 'return' : 'sale',
    invoice,
    time: '2010-12-01T08:26:00',
    customer: customer === '-' ? null : customer,
    amount: fen(lines.reduce<number>((sum, line) => sum + line.amount, 0)),
    lines,
  };
}

/** "invoice#line*quantity=amount" for what is matched, "sku*quantity=amount" for what is not. */
function shown({ matched, unmatched }: MatchedReturn): string {
  const parts = matched.flatMap(({ invoice, lines }) =>
    lines.map((line) => `${invoice}#${line.line}*${line.quantity}=${line.amount}`),
  );
  const rest = unmatched.map((line) => `${line.sku}*${line.quantity}=${line.amount}`);
  return `${parts.join(' ')} | ${rest.join(' ')}`;
}

function matchAll(texts: readonly string[]): string[] {
  const matcher = returnMatcher();
  const results: string[] = [];
  for (const each of texts.map(ticket)) {
    if (each.kind === 'sale') matcher.sell(each);
    else results.push(shown(matcher.match(each)));
  }
  return results;
}

describe('the receipt of a return', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['is the latest sale', ['1 7 A*5=500', '2 7 A*5=500', 'C3 7 A*2=200'], ['2#0*2=200 | ']],
    ['is the last line of it', ['1 7 A*5=500 A*5=500', 'C3 7 A*2=200'], ['1#1*2=200 | ']],
    [
      'is then the sale before',
      ['1 7 A*5=500', '2 7 A*5=500', 'C3 7 A*7=700'],
      ['2#0*5=500 1#0*2=200 | '],
    ],
    [
      'is used up by earlier returns',
      ['1 7 A*5=500', 'C2 7 A*3=300', 'C3 7 A*3=300'],
      ['1#0*3=300 | ', '1#0*2=200 | A*1=100'],
    ],
    [
      'is used up by a line before',
      ['1 7 A*2=200', 'C2 7 A*1=100 A*1=100 A*1=100'],
      ['1#0*2=200 | A*1=100'],
    ],
    ['is never a later sale', ['C1 7 A*1=100', '2 7 A*1=100'], [' | A*1=100']],
    ['is never of another customer', ['1 8 A*1=100', 'C2 7 A*1=100'], [' | A*1=100']],
    ['is never of an anonymous buyer', ['1 - A*1=100', 'C2 - A*1=100'], [' | A*1=100']],
    ['is never of another stock code', ['1 7 a*1=100', 'C2 7 A*1=100'], [' | A*1=100']],
    ['gives at most what was paid', ['1 7 A*2=200', 'C2 7 A*2=250'], ['1#0*2=200 | A*0=50']],
    [
      'gives at most what is left of it',
      ['1 7 A*2=200', 'C2 7 A*1=150', 'C3 7 A*1=100'],
      ['1#0*1=150 | ', '1#0*1=50 | A*0=50'],
    ],
    [
      'keeps what was paid above the return',
      ['1 7 A*2=200', 'C2 7 A*2=150', 'C3 7 A*1=50'],
      ['1#0*2=150 | ', ' | A*1=50'],
    ],
    [
      'shares an odd amount without losing a fen',
      ['1 7 A*1=100', '2 7 A*1=100', '3 7 A*1=100', 'C4 7 A*3=100'],
      ['3#0*1=33 2#0*1=34 1#0*1=33 | '],
    ],
    ['may be worth nothing', ['1 7 A*1=0', 'C2 7 A*1=0'], ['1#0*1=0 | ']],
    [
      'covers several lines of a return',
      ['1 7 A*1=100 B*1=200', 'C2 7 B*1=200 A*1=100 C*1=300'],
      ['1#0*1=100 1#1*1=200 | C*1=300'],
    ],
  ];
  test.each(cases)('%s', (_rule, tickets, expected) => {
    expect(matchAll(tickets)).toEqual(expected);
  });
});

test('one entry stands per original sale, with the sum of its lines', () => {
  const matcher = returnMatcher();
  matcher.sell(ticket('1 7 A*1=100 B*1=200'));
  matcher.sell(ticket('2 7 A*1=100'));
  expect(matcher.match(ticket('C3 7 A*2=200 B*1=200')).matched).toEqual([
    { invoice: '2', amount: 100, lines: [{ line: 0, quantity: 1, amount: 100 }] },
    {
      invoice: '1',
      amount: 300,
      lines: [
        { line: 0, quantity: 1, amount: 100 },
        { line: 1, quantity: 1, amount: 200 },
      ],
    },
  ]);
});

test('no unit and no fen is lost, and no sale gives back more than it had', () => {
  const line = fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 9 }), fc.nat(999));
  const trade = fc.tuple(
    fc.constantFrom('7', '8', '-'),
    fc.boolean(),
    fc.array(line, { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(trade, { maxLength: 20 }), (trades) => {
      const matcher = returnMatcher();
      const sold = new Map<string, { quantity: number; amount: number }>();
      trades.forEach(([customer, isSale, parts], index) => {
        const text = parts
          .map(([sku, quantity, amount]) => `${sku}*${quantity}=${amount}`)
          .join(' ');
        const each = ticket(`${isSale ? '' : 'C'}${index} ${customer} ${text}`);
        if (each.kind === 'sale') {
          matcher.sell(each);
          each.lines.forEach(({ quantity, amount }, at) =>
            sold.set(`${index}#${at}`, { quantity, amount }),
          );
          return;
        }
        const { matched, unmatched } = matcher.match(each);
        const given = matched.flatMap(({ invoice, lines }) =>
          lines.map((part) => ({ ...part, key: `${invoice}#${part.line}` })),
        );
        const all = [...given, ...unmatched];
        expect(all.reduce<number>((sum, part) => sum + part.amount, 0)).toBe(each.amount);
        expect(all.reduce((sum, part) => sum + part.quantity, 0)).toBe(
          each.lines.reduce((sum, part) => sum + part.quantity, 0),
        );
        for (const { key, quantity, amount } of given) {
          const open = sold.get(key) ?? { quantity: 0, amount: 0 };
          open.quantity -= quantity;
          open.amount -= amount;
          expect(Math.min(open.quantity, open.amount, quantity - 1, amount)).toBeGreaterThanOrEqual(
            0,
          );
        }
      });
    }),
  );
});
