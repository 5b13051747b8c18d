import { expect, test } from 'vitest';
import { SKU } from './core.ts';

test.each([
  ['85123A', true],
  ['gift_0001_40', true],
  ['BANK CHARGES', true],
  ['茶叶-01', true],
  ['a', true],
  ['x'.repeat(64), true],
  ['x'.repeat(65), false],
  ['', false],
  [' ', false],
  [' a', false],
  ['a ', false],
  ['a\tb', false],
  ['a\u0000', false],
  ['a\ud800', false],
])('%j may be an SKU: %s', (text, legal) => expect(SKU.test(text)).toBe(legal));
