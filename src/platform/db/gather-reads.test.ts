import { expect, test } from 'vitest';
import { gathered } from './gather-reads.ts';

interface Read {
  readonly keys: readonly string[];
  finish(): void;
  fail(error: Error): void;
}

function reader(keysMax?: number) {
  const reads: Read[] = [];
  const get = gathered<string, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        const found = new Map(keys.filter((key) => key !== 'none').map((key) => [key, `<${key}>`]));
        reads.push({ keys, finish: () => resolve(found), fail: reject });
      }),
    (key) => key,
    keysMax,
  );
  return { get, reads };
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const readAt = (reads: Read[], index: number) => reads[index] as Read;

test('look-ups of one moment are one read, equal ones one key, and absence is an answer', async () => {
  const { get, reads } = reader();
  const asked = Promise.all([get('a'), get('b'), get('a'), get('none')]);
  await turn();
  expect(reads.map(({ keys }) => keys)).toEqual([['a', 'b', 'none']]);
  readAt(reads, 0).finish();
  expect(await asked).toEqual(['<a>', '<b>', '<a>', undefined]);
});

test('what is asked while a read is in flight waits for a read of its own', async () => {
  const { get, reads } = reader();
  const first = get('a');
  await turn();
  const later = Promise.all([get('a'), get('b')]);
  await turn();
  expect(reads).toHaveLength(1);
  readAt(reads, 0).finish();
  expect(await first).toBe('<a>');
  await turn();
  expect(readAt(reads, 1).keys).toEqual(['a', 'b']);
  readAt(reads, 1).finish();
  expect(await later).toEqual(['<a>', '<b>']);
});

test('a read is bounded', async () => {
  const { get, reads } = reader(2);
  const all = Promise.all(['a', 'b', 'c'].map(get));
  await turn();
  readAt(reads, 0).finish();
  await turn();
  readAt(reads, 1).finish();
  await all;
  expect(reads.map(({ keys }) => keys.length)).toEqual([2, 1]);
});

test('a lost database fails those who asked, and the next look-up reads again', async () => {
  const { get, reads } = reader();
  const failed = expect(Promise.all([get('a'), get('b')])).rejects.toThrow('gone');
  await turn();
  readAt(reads, 0).fail(new Error('gone'));
  await failed;
  const again = get('a');
  await turn();
  readAt(reads, 1).finish();
  expect(await again).toBe('<a>');
});

test('a key that cannot be read fails alone', async () => {
  const get = gathered<string, string>(
    async (keys) => {
      if (keys.includes('poison')) throw Object.assign(new Error('bad text'), { code: '22021' });
      return new Map(keys.map((key) => [key, key]));
    },
    (key) => key,
  );
  const outcomes = await Promise.allSettled(['a', 'poison', 'b', 'c'].map(get));
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});
