import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASHBACK, POINTS, type Shop, type Stage, THRESHOLD } from '../stage.ts';
import { axeFaults, type Look, LOOKS, openBrowser, openPage } from './browser.ts';
import { serveShop, signIn } from './shop.ts';
import { gzipped, namedAssets } from './weight.ts';

const PHONE = '13800138000';
const [LOOK] = LOOKS as readonly [Look];

let stage: Stage;
let shop: Shop;
let browser: Browser;
let home: string;
beforeAll(async () => {
  ({ stage, shop, home } = await serveShop('manager', [POINTS, CASHBACK, THRESHOLD]));
  await stage.member(shop, PHONE);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** Signed in at the till, ready to scan. */
async function atTill(look: Look = LOOK) {
  const opened = await openPage(browser, look);
  const { page } = opened;
  await page.goto(`${home}/pos`);
  await signIn(page, 'manager');
  await page.waitForSelector('#universal:not([disabled])');
  return opened;
}

/** A scanner types fast and ends with Enter: one input of the cashier. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

async function due(page: Page, fen: string): Promise<void> {
  await page.locator('[data-testid=due]', { hasText: fen }).waitFor();
}

test('a sale with a member and an automatic discount takes three inputs', async () => {
  const { context, page, errors } = await atTill();
  await scan(page, 'TEA-100');
  await scan(page, PHONE);
  await due(page, '¥50.00');
  await page.keyboard.press('Space');
  await page.locator('.stamp').waitFor();
  expect(await page.locator('.slip').innerText()).toContain('龙井 100 克 × 1');
  expect(await page.locator('.rewards').first().innerText()).toContain('50 积分');
  // The next scan begins the next sale at once.
  await scan(page, 'CUP-1');
  await due(page, '¥30.00');
  expect(errors).toEqual([]);
  await context.close();
});

test('an offer almost reached says what is missing, and is taken off when it is reached', async () => {
  const { context, page } = await atTill();
  await scan(page, 'TEA-100');
  await page.locator('.offers.near', { hasText: '再消费 50.00 元' }).waitFor();
  await scan(page, '*2');
  await due(page, '¥90.00');
  await context.close();
});

test('a double click books one sale, and a lost answer is asked for again under the same key', async () => {
  const { context, page } = await atTill();
  await scan(page, 'CAKE-1');
  await due(page, '¥12.50');
  const before = await sales();
  let lost = 1;
  await page.route('**/v1/payments', async (route) => {
    if (lost-- <= 0) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.keyboard.press('F9');
  // A sheet begins where something is entered.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await page.locator('dialog button[type=submit]').dblclick();
  await page.locator('.unknown').waitFor();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('.stamp').waitFor();
  expect(await sales()).toBe(before + 1);
  await context.close();
});

async function sales(): Promise<number> {
  const answer = await stage.send(shop.token, 'GET', '/v1/payments?limit=100');
  return (JSON.parse(answer.body) as { items: unknown[] }).items.length;
}

test('a basket on hold outlives a reload and is recalled', async () => {
  const { context, page } = await atTill();
  await scan(page, 'CUP-1');
  await page.keyboard.press('F6');
  await page.locator('.empty').waitFor();
  await page.reload();
  await page.waitForSelector('#universal:not([disabled])');
  await page.keyboard.press('Shift+F6');
  await page.locator('dialog .choices button').click();
  await due(page, '¥30.00');
  await context.close();
});

test('a return by receipt shows what is taken back before it is confirmed', async () => {
  const { context, page } = await atTill();
  await scan(page, 'TEA-100');
  await scan(page, PHONE);
  await due(page, '¥50.00');
  await page.keyboard.press('Space');
  const slip = await page.locator('.slip').innerText();
  const receipt = /[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(slip)?.[0] as string;
  await scan(page, `R${receipt}`);
  await page.locator('dialog .lines').waitFor();
  await page.locator('dialog form.pay button').first().click();
  await page.locator('dialog .sums', { hasText: '50 积分' }).waitFor();
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .field-fault').waitFor();
  await page.locator('dialog form.pay .field input').fill('尺码不合适');
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog .stamp').waitFor();
  const answer = await stage.send(shop.token, 'GET', `/v1/payments/${receipt}`);
  expect(JSON.parse(answer.body)).toMatchObject({ state: 'refunded', refunded: 5_000 });
  await context.close();
});

test('wrong passwords and empty fields are told at the form', async () => {
  const { context, page } = await openPage(browser, LOOK);
  await page.goto(`${home}/pos`);
  await page.locator('button[type=submit]').click();
  await page.locator('.field-fault', { hasText: '请填写商户代码' }).waitFor();
  await page.locator('input[autocomplete=organization]').fill('lanting');
  await page.locator('input[autocomplete=username]').fill('manager');
  await page.locator('input[autocomplete=current-password]').fill('wrong password');
  await page.keyboard.press('Enter');
  await page.locator('.fault').waitFor();
  await context.close();
});

test.each(LOOKS)('axe finds nothing at $width, $locale, $colorScheme', async (look) => {
  const { context, page, errors } = await atTill(look);
  const found = [...(await axeFaults(page))];
  await scan(page, 'TEA-100');
  await scan(page, PHONE);
  await due(page, '¥50.00');
  found.push(...(await axeFaults(page)));
  await page.keyboard.press('F9');
  await page.locator('dialog[open]').waitFor();
  found.push(...(await axeFaults(page)));
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.keyboard.press('Space');
  await page.locator('.stamp').waitFor();
  found.push(...(await axeFaults(page)));
  expect(found).toEqual([]);
  expect(errors).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
  await context.close();
});

test('the till weighs at most 160 kB of scripts and styles, gzipped', () => {
  const named = namedAssets('cashier');
  expect(named.length).toBeGreaterThan(2);
  expect(gzipped(named)).toBeLessThanOrEqual(160_000);
});
