import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive } from '#platform/postgres/processes';
import { buildShops, type Shop } from './build-shops.ts';
import { Product } from './product.ts';
import { prove } from './prove.ts';
import { Tills } from './till.ts';

let product: Product;
let shops: Shop[];

beforeAll(async () => {
  product = await Product.make('start.mjs');
  shops = await product.inside(buildShops);
}, 60_000);
afterAll(() => product.remove());

test('Ctrl-C under load drains: all that was told stands, and nothing of it runs on', async () => {
  await product.start();
  const tills = new Tills(product.url, shops);
  tills.open(8);
  await tills.moreThan(50, () => product.died === 0);
  const { pid, postmaster } = product;
  const began = performance.now();
  const ended = product.interrupt('SIGINT');
  await sleep(50);
  const closed = tills.close();
  expect(await ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect([pid, postmaster].map(isAlive)).toEqual([false, false]);
  expect(product.postmaster).toBe(0);
  // The callers whose last attempt met a closed door get their answer from the next start.
  const ms = await product.start();
  expect(ms).toBeLessThan(5_000);
  await closed;
  expect(await product.interrupt('SIGINT')).toBe(0);
  const verdict = await product.inside((app) => prove(app, tills.acknowledged));
  expect(verdict).toMatchObject({ lost: [], doubled: [], breaches: [] });
  expect(tills.unexpected).toEqual([]);
}, 60_000);
