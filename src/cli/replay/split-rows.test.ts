import { expect, test } from 'vitest';

import { RowSplitter } from './split-rows.ts';

const TEXT = 'a,b\n1,"x, ""y"""\n2,"two\nlines"\n"3",\n4,"""\n"""\n';
const ROWS = [
  [2, '1', 'x, "y"'],
  [3, '2', 'two\nlines'],
  [5, '3', ''],
  [6, '4', '"\n"'],
];

test.each([1, 2, 3, 5, 7, 100])('pieces of %i characters give the same rows', (size) => {
  expect(rowsOf(TEXT, size)).toEqual(ROWS);
  const crlf = ROWS.map((row) => row.map((cell) => String(cell).replace('\n', '\r\n')));
  expect(rowsOf(TEXT.replaceAll('\n', '\r\n'), size).map((row) => row.map(String))).toEqual(crlf);
});

function rowsOf(text: string, size: number): (string | number)[][] {
  const rows: (string | number)[][] = [];
  const splitter = new RowSplitter('t.csv', ['a', 'b'], (fields, line) =>
    rows.push([line, ...fields]),
  );
  for (let at = 0; at < text.length; at += size) splitter.take(text.slice(at, at + size));
  splitter.end('');
  return rows;
}
