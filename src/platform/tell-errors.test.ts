import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellErrors } from './tell-errors.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first error stands in full, those like it as a count every ten seconds, until they pause', () => {
  const lines: [object, string][] = [];
  const tell = tellErrors({ error: (fields, message) => lines.push([fields, message]) });
  const outage = (times: number) => {
    for (let n = 0; n < times; n++) tell('database', { stack: `at ${n}` }, 'refused');
    return lines.splice(0);
  };
  expect(outage(900)).toEqual([[{ stack: 'at 0' }, 'refused']]);
  for (const _time of [1, 2]) tell(null, {}, 'a bug');
  expect(lines.splice(0)).toEqual([
    [{}, 'a bug'],
    [{}, 'a bug'],
  ]);
  vi.advanceTimersByTime(10_000);
  expect(outage(3)).toEqual([[{ count: 899, seconds: 10 }, 'the same again: refused']]);
  vi.advanceTimersByTime(10_000);
  expect(lines.splice(0)).toEqual([[{ count: 3, seconds: 10 }, 'the same again: refused']]);
  vi.advanceTimersByTime(10_000);
  expect(outage(2)).toEqual([[{ stack: 'at 0' }, 'refused']]);
});
