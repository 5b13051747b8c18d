import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '..', '..', 'web', 'dist');

/** Scripts and styles that an app's page names outright, by file name. */
export function namedAssets(app: string): string[] {
  const html = readFileSync(join(DIST, app, 'index.html'), 'utf8');
  return [
    ...new Set(
      Array.from(html.matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g), (match) => match[1] ?? ''),
    ),
  ];
}

/** Bytes of assets as they travel, gzipped. */
export function gzipped(names: Iterable<string>): number {
  let bytes = 0;
  for (const name of names) bytes += readFileSync(join(DIST, 'assets', `${name}.gz`)).length;
  return bytes;
}
