import { expect, test } from 'vitest';
import { openTurns } from './turns.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

/** Enters and notes its name when it may begin. */
function lane(
  turns: ReturnType<typeof openTurns>,
  name: string,
  queued: () => number,
  began: string[],
) {
  return turns.enter(queued).then(() => began.push(name));
}

test('half-empty lanes take turns in the order in which they asked', async () => {
  const turns = openTurns();
  const began: string[] = [];
  for (const name of ['a', 'b', 'c']) void lane(turns, name, () => 3, began);
  await soon();
  expect(began).toEqual(['a']);
  turns.leave();
  void lane(turns, 'a again', () => 3, began);
  await soon();
  expect(began).toEqual(['a', 'b']);
  turns.leave();
  await soon();
  turns.leave();
  await soon();
  expect(began).toEqual(['a', 'b', 'c', 'a again']);
});

test('a full lane begins at once, also one that fills up while it waits', async () => {
  const turns = openTurns();
  const began: string[] = [];
  void lane(turns, 'light', () => 1, began);
  void lane(turns, 'full', () => 100, began);
  let queued = 2;
  void lane(turns, 'filling', () => queued, began);
  await soon();
  expect(began).toEqual(['light', 'full']);
  queued = 24;
  turns.grown(queued);
  await soon();
  expect(began).toEqual(['light', 'full', 'filling']);
});

test('a lane that is held up does not hold up another', async () => {
  const turns = openTurns();
  const began: string[] = [];
  void lane(turns, 'stuck', () => 1, began);
  await lane(turns, 'other', () => 1, began);
  expect(began).toEqual(['stuck', 'other']);
});
