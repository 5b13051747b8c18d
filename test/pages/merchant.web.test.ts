import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASHBACK, POINTS, type Shop, type Stage, THRESHOLD } from '../stage.ts';
import { axeFaults, type Look, LOOKS, openBrowser, openPage } from './browser.ts';
import { serveShop, signIn } from './shop.ts';
import { gzipped, namedAssets } from './weight.ts';

const [LOOK] = LOOKS as readonly [Look];

let stage: Stage;
let shop: Shop;
let browser: Browser;
let home: string;
beforeAll(async () => {
  ({ stage, shop, home } = await serveShop('owner', [POINTS, CASHBACK, THRESHOLD]));
  const member = await stage.member(shop, '13800138000');
  const body = {
    store: shop.storeId,
    lines: [{ sku: 'TEA-100', quantity: 3 }],
    member: { member_id: member },
    tenders: [{ kind: 'cash' }],
  };
  const sold = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect(sold.statusCode).toBe(201);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** Signed in, at the home page, which has come. */
async function atHome(look: Look = LOOK) {
  const opened = await openPage(browser, look);
  const { page } = opened;
  // The stage's clock stands still on the day of its opening.
  await page.clock.setFixedTime('2026-11-21T03:00:00Z');
  await page.goto(`${home}/m`);
  await signIn(page, 'owner');
  await page.locator('.chart svg').waitFor();
  await page.locator('.payers').first().waitFor();
  return opened;
}

test('the home page says what came in today, what was given and who pays', async () => {
  const { context, page, errors } = await atHome();
  expect(await page.locator('.hero').innerText()).toContain('¥140.00');
  const given = await page.locator('table').innerText();
  for (const each of ['满 100 减 10', '返现百分之五', '每元一分']) expect(given).toContain(each);
  expect(errors).toEqual([]);
  await context.close();
});

test('a payment opens into every offer with its reason', async () => {
  const { context, page } = await atHome();
  await page.locator('nav a', { hasText: '收款' }).click();
  await page.locator('table a').first().click();
  await page.locator('.why-list li.granted').first().waitFor();
  expect(await page.locator('.why-list li').count()).toBe(3);
  expect(await page.locator('.page').innerText()).toContain('结果一致');
  await context.close();
});

test('an offer is paused from the list, and the next sale is without it', async () => {
  const { context, page } = await atHome();
  await page.locator('nav a', { hasText: '优惠' }).click();
  const row = page.locator('tr', { hasText: '满 100 减 10' });
  await row.locator('button').click();
  await row.locator('.pill.paused').waitFor();
  const body = { store: shop.storeId, lines: [{ sku: 'TEA-100', quantity: 3 }], tenders: [] };
  const quote = await stage.send(shop.token, 'POST', '/v1/quotes', body);
  expect(JSON.parse(quote.body)).toMatchObject({ due: 15_000 });
  await row.locator('button').click();
  await row.locator('.pill.live').waitFor();
  await context.close();
});

test.each(LOOKS)('axe finds nothing at $width, $locale, $colorScheme', async (look) => {
  const { context, page, errors } = await atHome(look);
  const found = [...(await axeFaults(page))];
  for (const path of ['payments', 'offers']) {
    await page.goto(`${home}/m/${path}`);
    await page.locator('.ant-table-row').first().waitFor();
    found.push(...(await axeFaults(page)));
  }
  expect(found).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('the way in weighs at most 90 kB, the first page behind it at most 330 kB, gzipped', async () => {
  expect(gzipped(namedAssets('merchant'))).toBeLessThanOrEqual(90_000);
  const { context, page } = await openPage(browser, LOOK);
  const loaded = new Set<string>();
  page.on('response', (answer) => {
    const name = /\/assets\/([\w.-]+\.js)$/.exec(answer.url())?.[1];
    if (name !== undefined && !name.startsWith('line-chart')) loaded.add(name);
  });
  await page.goto(`${home}/m`);
  await signIn(page, 'owner');
  await page.locator('table').first().waitFor();
  expect(gzipped(loaded)).toBeLessThanOrEqual(330_000);
  await context.close();
});
