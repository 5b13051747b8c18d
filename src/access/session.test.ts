import { expect, test } from 'vitest';
import { slidTo, spanOf } from './session.ts';

const at = (text: string) => new Date(`2026-11-${text}:00Z`);

test('a session is open for 12 hours, 7 days at most', () => {
  expect(spanOf(at('21T08:00'))).toEqual({ expires: at('21T20:00'), ends: at('28T08:00') });
});

test.each([
  ['little used since', '21T08:09', '21T20:00', '28T08:00', undefined],
  ['used later', '21T10:00', '21T20:00', '28T08:00', '21T22:00'],
  ['near its end', '28T01:00', '28T06:00', '28T08:00', '28T08:00'],
  ['at its end', '28T07:00', '28T08:00', '28T08:00', undefined],
])('a session %s', (_name, now, expires, ends, slid) => {
  expect(slidTo(at(now), at(expires), at(ends))).toEqual(slid === undefined ? undefined : at(slid));
});
