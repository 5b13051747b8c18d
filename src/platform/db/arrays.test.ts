import { expect, test } from 'vitest';
import { int8s, texts, timestamps, uuids } from './arrays.ts';

const ID = '01a2003e-51de-74e3-bade-625b77dffa92';

test('a UUID is written as its 16 bytes', () => {
  expect(uuids([ID]).subarray(24).toString('hex')).toBe(ID.replaceAll('-', ''));
});

test.each(['', ID.slice(1), `${ID}0`, ID.replace('a', 'g'), ID.toUpperCase()])(
  '%j is no UUID',
  (text) => {
    expect(() => uuids([text])).toThrow(/not a UUID/);
  },
);

test.each([
  ['no value', int8s([]), '000000000000000000000014'],
  ['-1', int8s([-1]), '000000010000000000000014000000010000000100000008ffffffffffffffff'],
  [
    '2^53-1',
    int8s([Number.MAX_SAFE_INTEGER]),
    '000000010000000000000014000000010000000100000008001fffffffffffff',
  ],
  [
    'a bigint',
    int8s([2n ** 62n]),
    '0000000100000000000000140000000100000001000000084000000000000000',
  ],
  ['null', texts([null]), '0000000100000001000000190000000100000001ffffffff'],
  ['text beyond ASCII', texts(['元']), '000000010000000000000019000000010000000100000003e58583'],
  [
    'the epoch of PostgreSQL',
    timestamps([new Date('2000-01-01T00:00:00Z')]),
    '0000000100000000000004a00000000100000001000000080000000000000000',
  ],
  [
    'infinity',
    timestamps([Infinity]),
    '0000000100000000000004a00000000100000001000000087fffffffffffffff',
  ],
])('%s in the wire format of PostgreSQL', (_name, bytes, hex) => {
  expect(bytes.toString('hex')).toBe(hex);
});
