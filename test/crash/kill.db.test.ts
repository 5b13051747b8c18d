import { expect, test } from 'vitest';
import { killOften } from './kill-often.ts';

test('ten kills of server and database under load: nothing acknowledged is lost or doubled, and the books hold', async () => {
  const { lost, doubled, breaches, unexpected, died, kills, sales, backs } = await killOften(10);
  expect({ lost, doubled, breaches, unexpected, died }).toEqual({
    lost: [],
    doubled: [],
    breaches: [],
    unexpected: [],
    died: 0,
  });
  expect(kills).toEqual({ node: 4, postmaster: 3, backend: 2, both: 1, starting: 1 });
  expect(sales).toBeGreaterThan(300);
  expect(backs).toBeGreaterThan(50);
}, 120_000);
