import { expect, test } from 'vitest';
import { isId, newId, newNumberedId } from './ids.ts';

const MANY = 20_000;
const made = (make: () => string) => Array.from({ length: MANY }, make);

test('ids ascend in the order in which they are made', () => {
  const ids = made(newId);
  expect(ids).toEqual(ids.toSorted());
  expect(ids.every(isId)).toBe(true);
});

test('no two numbered ids share the 74 bits of which a number is made', () => {
  const ids = made(newNumberedId);
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids.map((id) => id.slice(0, 23))).size).toBe(MANY);
});

test('a numbered id tells real time', () => {
  const before = Date.now();
  const at = Number.parseInt(newNumberedId().replace('-', '').slice(0, 12), 16);
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
});
