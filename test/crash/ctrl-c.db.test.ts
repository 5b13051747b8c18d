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
  expect(await product.interrupt('SIGINT')).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect([pid, postmaster].map(isAlive)).toEqual([false, false]);
  expect(product.postmaster).toBe(0);
  // The callers stand before a closed door; they get their answers from the next start.
  const closed = tills.close();
  expect(await product.start()).toBeLessThan(5_000);
  await closed;
  expect(await product.interrupt('SIGINT')).toBe(0);
  const verdict = await product.inside((app) => prove(app, tills.acknowledged, product.anchorFile));
  expect(verdict).toMatchObject({ lost: [], doubled: [], breaches: [] });
  expect(tills.unexpected).toEqual([]);
}, 60_000);
