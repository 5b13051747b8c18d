import { expect, test } from 'vitest';
import { placeOf } from './hold-out.ts';

const members = Array.from({ length: 100_000 }, (_, index) => `0190b6a0-0000-7000-8000-${index}`);
const held = (salt: string, share: number) =>
  new Set(members.filter((member) => placeOf(salt, member) < share));

test('a member stands at the same place for ever', () => {
  // These places decide who is in the control groups of live offers: they may never change.
  expect([placeOf('spring', 'm1'), placeOf('spring', 'm2'), placeOf('fall', 'm1')]).toEqual([
    670_822, 917_254, 322_063,
  ]);
  expect(placeOf('sprin', 'gm1')).not.toBe(placeOf('spring', 'm1'));
  expect(placeOf('春', '会员')).toBe(916727);
});

test.each([1_000, 10_000, 50_000, 100_000, 500_000])(
  'a share of %i ppm holds out about that',
  (share) => {
    const expected = members.length * (share / 1_000_000);
    const spread = 5 * Math.sqrt(expected);
    expect(Math.abs(held('spring', share).size - expected)).toBeLessThan(spread);
  },
);

test('a larger share holds out the same members and more', () => {
  const few = held('spring', 50_000);
  const many = held('spring', 100_000);
  expect([...few].every((member) => many.has(member))).toBe(true);
  expect(many.size).toBeGreaterThan(few.size);
});

test('groups of different salts are independent', () => {
  const one = held('spring', 500_000);
  const other = held('summer', 500_000);
  const both = [...one].filter((member) => other.has(member)).length;
  expect(Math.abs(both - members.length / 4)).toBeLessThan(5 * Math.sqrt(members.length / 4));
});

test('members joined one after the other are spread over all places', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const member of members.slice(0, 10_000))
    tenths[Math.floor(placeOf('s', member) / 100_000)]!++;
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(5 * Math.sqrt(1_000));
});
