import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A look at the pages: language, theme and width. */
export interface Look {
  readonly locale: 'zh-CN' | 'en';
  readonly colorScheme: 'light' | 'dark';
  readonly width: 1440 | 390;
}

export const LOOKS: readonly Look[] = [
  { locale: 'zh-CN', colorScheme: 'light', width: 1440 },
  { locale: 'en', colorScheme: 'dark', width: 1440 },
  { locale: 'zh-CN', colorScheme: 'dark', width: 390 },
  { locale: 'en', colorScheme: 'light', width: 390 },
];

/** The Chromium of this machine. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium here. Install it (apt-get install chromium fonts-noto-cjk) or name it in CHROMIUM.',
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page with the given look; what it says on its console stands in `errors`. */
export async function openPage(
  browser: Browser,
  look: Look,
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const { locale, colorScheme, width } = look;
  const viewport = { width, height: width === 390 ? 844 : 900 };
  const context = await browser.newContext({
    locale,
    colorScheme,
    viewport,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { context, page, errors };
}

/** What axe finds, one line a node. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
