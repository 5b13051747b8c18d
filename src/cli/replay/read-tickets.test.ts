import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { returnMatcher } from './match-returns.ts';
import { readTickets } from './read-tickets.ts';
import type { TicketFile } from './read-tickets.ts';
import { csv, withFile } from './written-file.fixture.ts';

const SMALL = fileURLToPath(
  new URL('../../../sim/tickets/online-retail-small.csv.gz', import.meta.url),
);

const read = (...lines: readonly string[]) =>
  withFile('t.csv', csv(...lines), (path) => readTickets(path));

/** "invoice time customer amount: sku*quantity=amount ..." per ticket, without the constant date. */
function shown({ tickets }: TicketFile): string[] {
  return tickets.map(({ invoice, time, customer, amount, lines }) => {
    const parts = lines.map((line) => `${line.sku}*${line.quantity}=${line.amount}`);
    return `${invoice} ${time.slice(11, 16)} ${customer ?? '-'} ${amount}: ${parts.join(' ')}`;
  });
}

const AT = '2010-12-01 08:26:00';
const LATER = '2010-12-01 08:27:00';

describe('the traps of real tickets', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'equal lines stay separate lines',
      [`1,A,a,2,${AT},1.25,7,UK`, `1,A,a,2,${AT},1.25,7,UK`],
      ['1 08:26 7 500: A*2=250 A*2=250'],
    ],
    [
      'an invoice with two timestamps has the earliest',
      [`1,A,a,1,${LATER},1.0,7,UK`, `1,B,b,1,${AT},1.0,7,UK`],
      ['1 08:26 7 200: A*1=100 B*1=100'],
    ],
    [
      'a line that moves no money may be the earliest',
      [`1,A,a,1,${LATER},1.0,7,UK`, `1,B,b,-1,${AT},0.0,7,UK`],
      ['1 08:26 7 100: A*1=100'],
    ],
    [
      'a sum below half a fen is nothing, half a fen is one',
      [`1,A,a,4,${AT},0.001,7,UK`, `2,A,a,5,${AT},0.001,7,UK`],
      ['1 08:26 7 0: A*4=0', '2 08:26 7 1: A*5=1'],
    ],
    [
      'the sum is rounded once; lines share it by largest remainder, ties to the first',
      [`1,A,a,1,${AT},0.335,7,UK`, `1,B,b,1,${AT},0.335,7,UK`, `1,C,c,1,${AT},0.335,7,UK`],
      ['1 08:26 7 101: A*1=34 B*1=34 C*1=33'],
    ],
    ['a blank customer is anonymous', [`1,A,a,1,${AT},1.0,,UK`], ['1 08:26 - 100: A*1=100']],
    [
      'stock codes that differ in case are two products',
      [`1,79030d,a,1,${AT},1.0,7,UK`, `1,79030D,b,1,${AT},1.0,7,UK`],
      ['1 08:26 7 200: 79030d*1=100 79030D*1=100'],
    ],
    [
      'a return is an invoice of its own, even without a sale in the file',
      [`C1,A,a,-3,${AT},0.335,7,UK`],
      ['C1 08:26 7 101: A*3=101'],
    ],
    ['a bad debt is no ticket', [`A1,B,Adjust bad debt,1,${AT},-11062.06,,UK`], []],
    [
      'write-offs and free items are no ticket',
      [`1,A,damaged,-5,${AT},0.0,,UK`, `2,A,gift,1,${AT},0.0,7,UK`, `3,A,a,-1,${AT},1.0,,UK`],
      [],
    ],
    [
      'tickets stand in order of time, then of invoice number',
      [`3,A,a,1,${LATER},1.0,7,UK`, `C2,A,a,-1,${AT},1.0,7,UK`, `2,A,a,1,${AT},1.0,7,UK`],
      ['2 08:26 7 100: A*1=100', 'C2 08:26 7 100: A*1=100', '3 08:27 7 100: A*1=100'],
    ],
    [
      'lines of one invoice need not stand together',
      [`1,A,a,1,${AT},1.0,7,UK`, `2,A,a,1,${AT},2.0,8,UK`, `1,B,b,1,${AT},4.0,7,UK`],
      ['1 08:26 7 500: A*1=100 B*1=400', '2 08:26 8 200: A*1=200'],
    ],
    ['a file with only a header has no tickets', [], []],
  ];
  test.each(cases)('%s', async (_rule, lines, expected) => {
    expect(shown(await read(...lines))).toEqual(expected);
  });
});

test('what is not posted is counted', async () => {
  const { counts } = await read(
    `1,A,a,1,${AT},1.0,7,UK`,
    `1,A,a,1,${AT},1.0,7,UK`,
    `1,A,a,1,${LATER},1.0,7,UK`,
    `2,a,,1,${AT},0.001,7,EIRE`,
    `2,B,free,1,${AT},0.0,7,EIRE`,
    `3,B,b,2,${AT},1.5,,UK`,
    `C4,A,a,-1,${AT},1.0,,UK`,
    `A5,B,Adjust bad debt,1,${AT},-11062.06,,UK`,
  );
  expect(counts).toEqual({
    lines: { sale: 5, return: 1, adjustment: 1, zero: 1, total: 8 },
    invoices: 5,
    tickets: 3,
    returnInvoices: 1,
    gross: 600,
    returns: 100,
    net: 500,
    customers: 1,
    anonymousTickets: 1,
    anonymousReturns: 1,
    anonymousLines: 3,
    blankDescriptions: 1,
    duplicateLines: 1,
    invoicesWithTwoTimes: 1,
    customersWithTwoCountries: 1,
    skusDifferingInCase: 1,
    linesBelowOneFen: 1,
  });
});

test('a product is named by its first description on a line that moves money', async () => {
  const { products } = await read(
    `1,A,damaged,-1,${AT},0.0,,UK`,
    `2,A,,1,${AT},1.0,7,UK`,
    `3,A,"BIRD, ""BLUE"" ",1,${AT},1.0,7,UK`,
    `4,A,BIRD,1,${AT},1.0,7,UK`,
    `4,B,,1,${AT},1.0,7,UK`,
    `4,C,"two\nlines",1,${AT},1.0,7,UK`,
  );
  expect([...products]).toEqual([
    ['A', 'BIRD, "BLUE"'],
    ['B', 'B'],
    ['C', 'two lines'],
  ]);
});

test('a line knows its price as text and its place, also behind a name of two lines', async () => {
  const { tickets } = await read(`1,A,"a\nb",1,${AT},1.0,7,UK`, `1,B,b,2,${AT},2.55,7,UK`);
  expect(tickets[0]?.lines).toEqual([
    { sku: 'A', quantity: 1, amount: 100, unitPrice: '1.0', line: 2 },
    { sku: 'B', quantity: 2, amount: 510, unitPrice: '2.55', line: 4 },
  ]);
});

test.each([
  ['gzip', 't.csv.gz', gzipSync(csv(`1,A,a,1,${AT},1.0,7,UK`))],
  ['gzip under another name', 't.csv', gzipSync(csv(`1,A,a,1,${AT},1.0,7,UK`))],
  ['CRLF', 't.csv', csv(`1,A,a,1,${AT},1.0,7,UK`).replaceAll('\n', '\r\n')],
  ['a byte order mark', 't.csv', `\uFEFF${csv(`1,A,a,1,${AT},1.0,7,UK`)}`],
  ['no newline at the end', 't.csv', csv(`1,A,a,1,${AT},1.0,7,UK`).trimEnd()],
  ['empty lines at the end', 't.csv', `${csv(`1,A,a,1,${AT},1.0,7,UK`)}\n\n`],
  ['text beyond ASCII', 't.csv', csv(`1,A,布谷鸟é,1,${AT},1.0,7,UK`)],
])('reads %s', async (_form, name, content) => {
  const file = await withFile(name, content, (path) => readTickets(path));
  expect(shown(file)).toEqual(['1 08:26 7 100: A*1=100']);
});

test('the small cut of the real tickets', async () => {
  const heard: number[] = [];
  const { tickets, products, counts } = await readTickets(SMALL, {
    onProgress: ({ bytes, bytesTotal }) => heard.push(bytes / bytesTotal),
  });
  expect(counts).toMatchObject({
    lines: { sale: 18_829, return: 459, adjustment: 0, zero: 4, total: 19_292 },
    tickets: 886,
    returnInvoices: 176,
    gross: 32_445_538,
    returns: 1_350_964,
    net: 31_094_574,
    customers: 220,
    duplicateLines: 248,
  });
  expect(products.size).toBe(2516);
  expect(heard.at(-1)).toBe(1);

  const matcher = returnMatcher();
  const sum = { matched: 0, units: 0, unmatched: 0, unmatchedUnits: 0, unmatchedLines: 0 };
  for (const ticket of tickets) {
    if (ticket.kind === 'sale') matcher.sell(ticket);
    else {
      const { matched, unmatched } = matcher.match(ticket);
      for (const { amount, lines } of matched) {
        sum.matched += amount;
        sum.units += lines.reduce((units, line) => units + line.quantity, 0);
      }
      for (const { amount, quantity } of unmatched) {
        sum.unmatched += amount;
        sum.unmatchedUnits += quantity;
        sum.unmatchedLines++;
      }
    }
  }
  expect(sum).toEqual({
    matched: 1_083_986,
    units: 7080,
    unmatched: 266_978,
    unmatchedUnits: 658,
    unmatchedLines: 78,
  });
});
