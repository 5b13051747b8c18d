import { expect, test } from 'vitest';
import { drain, onDrain } from './drain.ts';
import { silentLog } from './log.ts';

const log = silentLog();

test('what was opened last is closed first, once, however often it is asked', async () => {
  const order: string[] = [];
  for (const name of ['postgres', 'lanes', 'http']) onDrain(name, () => void order.push(name));
  const both = await Promise.all([drain('SIGTERM', log), drain('SIGINT', log)]);
  expect(order).toEqual(['http', 'lanes', 'postgres']);
  expect(both).toEqual([true, true]);
});

test('a step that fails or hangs does not keep the others from ending', async () => {
  const order: string[] = [];
  onDrain('postgres', () => void order.push('postgres'));
  onDrain('hangs', () => new Promise(() => undefined), 20);
  onDrain('fails', () => {
    throw new Error('broken');
  });
  expect(await drain('SIGTERM', log)).toBe(false);
  expect(order).toEqual(['postgres']);
});
