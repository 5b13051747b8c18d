import { expect, test } from 'vitest';
import { Refused } from '#kernel/refusal';
import { decodeCursor, encodeCursor, page } from './page.ts';

const rows = [1, 2, 3].map((id) => ({ id }));
const positionOf = (row: { id: number }) => [row.id];

test('a page says where the next one begins', () => {
  const { items, next_cursor } = page(rows, 2, 'things:7', positionOf);
  expect(items).toEqual([{ id: 1 }, { id: 2 }]);
  expect(decodeCursor('things:7', next_cursor as string)).toEqual([2]);
});

test('the last page has no cursor', () => {
  expect(page(rows, 3, 'things:7', positionOf).next_cursor).toBeNull();
  expect(page([], 3, 'things:7', positionOf)).toEqual({ items: [], next_cursor: null });
});

const sound = encodeCursor('things:7', ['x', 2]);
test.each([
  ['of another list', encodeCursor('others:7', ['x', 2])],
  ['of another org', encodeCursor('things:8', ['x', 2])],
  ['cut short', sound.slice(0, -2)],
  ['altered', sound.slice(0, -1) + (sound.endsWith('A') ? 'B' : 'A')],
  ['of other letters', '***'],
  ['empty', ''],
])('a cursor %s is refused', (_name, cursor) => {
  expect(() => decodeCursor('things:7', cursor)).toThrow(Refused);
});
