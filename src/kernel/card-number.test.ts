import { expect, test } from 'vitest';
import { holdsCardNumber } from './card-number.ts';

test.each([
  ['a number of 16 digits', '4111111111111111', true],
  ['one of 19', '6222020000000000000', true],
  ['one of 13', '4222222222222', true],
  ['in groups of four', '4111 1111 1111 1111', true],
  ['with hyphens', '4111-1111-1111-1111', true],
  ['in wide digits', '４１１１１１１１１１１１１１１１', true],
  ['inside other words', 'card=4111111111111111;', true],
  ['with the expiry behind it', '4111111111111111 1227', true],
  ['behind another number', '12 4111111111111111', true],
  ['on a track', ';4111111111111111=27121010000000000000?', true],
  ['another check digit', '4111111111111112', false],
  ['twelve digits', '411111111111', false],
  ['twenty digits', '41111111111111111111', false],
  ['an id', '0190b3f0-0000-7000-8000-00000000abcd', false],
  ['an order number of a wallet', '4200002126202611218912345678', false],
  ['nothing', '', false],
])('%s', (_name, text, found) => {
  expect(holdsCardNumber(text)).toBe(found);
});
