import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { BrokenTicketFile } from './broken-ticket-file.ts';
import { readTickets } from './read-tickets.ts';
import { csv, withFile } from './written-file.fixture.ts';

const AT = '2010-12-01 08:26:00';
const GOOD = `1,A,a,1,${AT},1.0,7,UK`;
const MANY = Array.from({ length: 20_000 }, (_, index) => `${index},A,a,1,${AT},1.0,7,UK`);
const LATIN_1 = Buffer.from(csv(GOOD, `1,A,caf\u00e9,1,${AT},1.0,7,UK`), 'latin1');

type Case = readonly [string, string | Uint8Array, number, string, string];

const cases: readonly Case[] = [
  ['an empty file', '', 1, 'InvoiceNo', 'an empty file'],
  ['an empty gzip', gzipSync(''), 1, 'InvoiceNo', 'an empty file'],
  ['another header', `${csv().replace('Quantity', 'Qty')}${GOOD}`, 1, 'Quantity', '"Qty"'],
  ['no header', GOOD, 1, 'InvoiceNo', '"1"'],
  ['a header too short', 'InvoiceNo,StockCode\n', 1, 'Description', '2 columns'],
  ['a header too long', csv().replace('Country', 'Country,More'), 1, 'Country', '9 columns'],
  ['semicolons', csv().replaceAll(',', ';'), 1, 'InvoiceNo', '"InvoiceNo;StockCode;'],
  ['a column missing', csv(GOOD, `1,A,a,1,${AT},1.0,7`), 3, 'Country', '7 columns'],
  ['a column too many', csv(GOOD, `${GOOD},more`), 3, 'Country', '9 columns'],
  ['an unquoted comma', csv(GOOD, `1,A,a,b,1,${AT},1.0,7,UK`), 3, 'Country', '9 columns'],
  ['a file cut off', csv(GOOD, '1,A,a,1,2010-12').trimEnd(), 3, 'UnitPrice', '5 columns'],
  ['an empty line', csv(GOOD, '', GOOD), 3, 'InvoiceNo', 'an empty line'],
  [
    'a quote never closed',
    csv(GOOD, `1,A,"a,1,${AT},1.0,7,UK`),
    3,
    'Description',
    'a quote that is',
  ],
  [
    'a quote never closed in a long file',
    csv(GOOD, `1,A,"a,1,${AT},1.0,7,UK`, ...MANY, ...MANY),
    3,
    'Description',
    'a quote that is never closed: "a,1',
  ],
  [
    'a quote closed lines later',
    csv(GOOD, `1,A,"a,1,${AT},1.0,7,UK`, `2,A,"b",1`),
    3,
    'Description',
    '"a,1',
  ],
  ['text behind a quote', csv(GOOD, `1,A,"a" b,1,${AT},1.0,7,UK`), 3, 'Description', '"a" b,1'],
  ['an invoice without digits', csv(GOOD, `X,A,a,1,${AT},1.0,7,UK`), 3, 'InvoiceNo', '"X"'],
  ['a lower-case return', csv(GOOD, `c1,A,a,-1,${AT},1.0,7,UK`), 3, 'InvoiceNo', '"c1"'],
  ['a blank stock code', csv(GOOD, `1,,a,1,${AT},1.0,7,UK`), 3, 'StockCode', '""'],
  ['words for a quantity', csv(GOOD, `1,A,a,two,${AT},1.0,7,UK`), 3, 'Quantity', '"two"'],
  ['half a unit', csv(GOOD, `1,A,a,1.5,${AT},1.0,7,UK`), 3, 'Quantity', '"1.5"'],
  [
    'a quantity too large',
    csv(GOOD, `1,A,a,1234567890,${AT},1.0,7,UK`),
    3,
    'Quantity',
    '"1234567890"',
  ],
  [
    'a day that does not exist',
    csv(GOOD, `1,A,a,1,2011-02-29 08:26:00,1.0,7,UK`),
    3,
    'InvoiceDate',
    '"2011-02-29',
  ],
  [
    'an hour that does not exist',
    csv(GOOD, `1,A,a,1,2011-02-28 24:00:00,1.0,7,UK`),
    3,
    'InvoiceDate',
    '"2011-02-28',
  ],
  [
    'another date format',
    csv(GOOD, `1,A,a,1,12/1/2010 8:26,1.0,7,UK`),
    3,
    'InvoiceDate',
    '"12/1/2010 8:26"',
  ],
  ['words for a price', csv(GOOD, `1,A,a,1,${AT},free,7,UK`), 3, 'UnitPrice', '"free"'],
  ['an exponent', csv(GOOD, `1,A,a,1,${AT},1e3,7,UK`), 3, 'UnitPrice', '"1e3"'],
  ['four decimals', csv(GOOD, `1,A,a,1,${AT},1.0005,7,UK`), 3, 'UnitPrice', '"1.0005"'],
  ['a blank price', csv(GOOD, `1,A,a,1,${AT},,7,UK`), 3, 'UnitPrice', '""'],
  [
    'a line beyond all money',
    csv(GOOD, `1,A,a,999999999,${AT},999999999,7,UK`),
    3,
    'UnitPrice',
    '"999999999"',
  ],
  [
    'an invoice beyond all money',
    csv(`1,A,a,9000000,${AT},900000,7,UK`, `1,B,a,9000000,${AT},900000,7,UK`),
    3,
    'UnitPrice',
    '"900000"',
  ],
  [
    'a customer with a decimal',
    csv(GOOD, `1,A,a,1,${AT},1.0,17850.0,UK`),
    3,
    'CustomerID',
    '"17850.0"',
  ],
  ['two customers on one invoice', csv(GOOD, `1,B,b,1,${AT},1.0,8,UK`), 3, 'CustomerID', '"8"'],
  ['an invoice half anonymous', csv(GOOD, `1,B,b,1,${AT},1.0,,UK`), 3, 'CustomerID', '""'],
  ['a return of more than nothing', csv(GOOD, `C1,A,a,1,${AT},1.0,7,UK`), 3, 'Quantity', '"1"'],
  [
    'a return at a negative price',
    csv(GOOD, `C1,A,a,-1,${AT},-1.0,7,UK`),
    3,
    'UnitPrice',
    '"-1.0"',
  ],
  ['one line end of another kind', csv(GOOD, `${GOOD}\r`), 3, 'Country', '"UK\\r"'],
  ['a break behind a name of two lines', csv(`1,A,"a\nb",x,${AT},1.0,7,UK`), 3, 'Quantity', '"x"'],
  ['text that is not UTF-8', LATIN_1, 3, 'Description', 'bytes that are not UTF-8'],
  [
    'bytes that are no text',
    Buffer.from([0, 255, 254, 1, 10]),
    1,
    'InvoiceNo',
    'bytes that are not',
  ],
  ['a gzip of no content', Buffer.from([0x1f, 0x8b]), 1, 'InvoiceNo', 'damaged or truncated gzip'],
  ['a break far down', csv(...MANY, `1,A,a,x,${AT},1.0,7,UK`), 20_002, 'Quantity', '"x"'],
];

test.each(cases)('%s is refused with its place', async (_what, content, line, column, found) => {
  const error = await broken(content);
  expect(error.at).toMatchObject({ line, column });
  expect(error.at.found.slice(0, found.length)).toBe(found);
  expect(error.refusal.detail.en).toContain(`t.csv, line ${line}, column ${column}: found `);
  expect(error.refusal.detail.zh).toContain(`第 ${line} 行 ${column} 列`);
});

test('a truncated gzip is refused where its text ends', async () => {
  const text = csv(...MANY.map((line, index) => `${line}${(index * 7919) % 997}`));
  const whole = gzipSync(text);
  const error = await broken(whole.subarray(0, whole.length / 2));
  expect(error.at.found).toContain('damaged or truncated gzip');
  expect(error.at.line).toBeGreaterThan(1000);
  expect(error.at.line).toBeLessThan(20_001);
});

test.each(['/nowhere/tickets.csv', '.'])('%s cannot be read', async (path) => {
  await expect(readTickets(path)).rejects.toMatchObject({
    refusal: { code: 'ticket_file_unreadable' },
  });
});

async function broken(content: string | Uint8Array): Promise<BrokenTicketFile> {
  const error: unknown = await withFile('t.csv', content, (path) =>
    readTickets(path).then(
      () => null,
      (cause: unknown) => cause,
    ),
  );
  expect(error).toBeInstanceOf(BrokenTicketFile);
  return error as BrokenTicketFile;
}
