import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFaultAt } from './json-fault.ts';

test.each([
  ['{"a":1,}', 7],
  ['{"a": tru}', 6],
  ['[1 2]', 3],
  ['[1,2', 4],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['', 0],
  ['   ', 3],
  ['{"a":1} x', 8],
  ['{"a":01}', 5],
  ['["a\nb"]', 1],
  ['[1}', 2],
  ["{'a':1}", 1],
])('%j breaks at %i', (text, offset) => expect(jsonFaultAt(text)).toBe(offset));

test('what is JSON breaks nowhere, and what follows it is where it breaks', () => {
  const sound = (text: string) =>
    jsonFaultAt(text) === text.length && jsonFaultAt(`${text}]`) === text.length;
  fc.assert(fc.property(fc.json(), sound));
});
