import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { markInside } from '#platform/db/transact';
import { ask } from '#platform/outside';

const host = createServer((_request, response) => response.end('hello'));
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/secret?token=1`;
});
afterAll(() => void host.close());

test('another host answers outside a transaction', async () => {
  expect(await (await ask(url)).text()).toBe('hello');
});

test('asking inside a transaction throws, and names the host only', async () => {
  const asking = markInside(() => ask(url));
  await expect(asking).rejects.toThrow(/asked 127\.0\.0\.1:\d+ inside a database transaction/);
  await expect(asking).rejects.not.toThrow(/secret/);
});

test('the mark follows the work over awaits', async () => {
  const asking = markInside(async () => {
    await Promise.resolve();
    return ask(url);
  });
  await expect(asking).rejects.toThrow(/inside a database transaction/);
});
