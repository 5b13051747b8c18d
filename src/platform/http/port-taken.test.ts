import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isPortTaken } from './port-taken.ts';

test('a port is taken while somebody listens, and free again afterwards', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  expect(await isPortTaken(port, '127.0.0.1')).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await isPortTaken(port, '127.0.0.1')).toBe(false);
});
