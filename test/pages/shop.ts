import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { createStaff, hashPassword, type Role } from '#access';
import type { DefinitionInput } from '#offers';
import { type Shop, Stage } from '../stage.ts';

const PASSWORD = 'open sesame 1';

/** The product served on a port, with a shop "lanting" and one of its staff. */
export interface Served {
  readonly stage: Stage;
  readonly shop: Shop;
  readonly home: string;
}

export async function serveShop(role: Role, offers: readonly DefinitionInput[]): Promise<Served> {
  const stage = await Stage.open();
  const shop = await stage.shop('lanting', offers);
  const passwordHash = await hashPassword(PASSWORD);
  const staff = { login: role, name: role, role, stores: null, passwordHash };
  await stage.db.transact([shop.org], (tx) => createStaff(tx, stage.system(shop.org), staff));
  await stage.server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = stage.server.app.server.address() as AddressInfo;
  return { stage, shop, home: `http://127.0.0.1:${port}` };
}

/** Fills the way in and sends it. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.locator('input[autocomplete=organization]').fill('lanting');
  await page.locator('input[autocomplete=username]').fill(role);
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
}
