import { expect, test } from 'vitest';
import type { Principal } from '#platform/context';
import { rememberBearers } from './bearers.ts';
import type { Found } from './bearers.ts';

const wang: Principal = {
  kind: 'staff',
  id: 'wang',
  name: '王',
  org: 7,
  scopes: new Set(),
  stores: 'all',
};

function counted(answer: () => Promise<Found | undefined>) {
  const asked: string[] = [];
  const bearers = rememberBearers((authorization) => {
    asked.push(authorization);
    return answer();
  });
  return { bearers, asked };
}

test('many callers at once cost one lookup, and then none', async () => {
  const { bearers, asked } = counted(() =>
    Promise.resolve({ principal: wang, endsInMs: Infinity }),
  );
  await Promise.all([bearers.authenticate('Bearer a'), bearers.authenticate('Bearer a')]);
  expect(bearers.authenticate('Bearer a')).toBe(wang);
  expect(asked).toEqual(['Bearer a']);
});

test('a token is not remembered beyond its end', async () => {
  const { bearers, asked } = counted(() => Promise.resolve({ principal: wang, endsInMs: 0 }));
  await bearers.authenticate('Bearer a');
  await bearers.authenticate('Bearer a');
  expect(asked).toHaveLength(2);
});

test('an unknown token is refused, and asked for again', async () => {
  const { bearers, asked } = counted(() => Promise.resolve(undefined));
  await expect(bearers.authenticate('Bearer a')).rejects.toThrow(/token_invalid/);
  await expect(bearers.authenticate('Bearer a')).rejects.toThrow(/token_invalid/);
  expect(asked).toHaveLength(2);
});

test('what is forgotten is looked up again, also if a lookup was under way', async () => {
  const slow = Promise.withResolvers<Found>();
  const { bearers, asked } = counted(() => slow.promise);
  const first = bearers.authenticate('Bearer a');
  bearers.forget('wang');
  slow.resolve({ principal: wang, endsInMs: Infinity });
  await first;
  await bearers.authenticate('Bearer a');
  expect(asked).toHaveLength(2);
  bearers.forget('wang');
  await bearers.authenticate('Bearer a');
  expect(asked).toHaveLength(3);
});
