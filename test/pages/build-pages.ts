import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** Builds the web apps as `npm start` does, unless they are built from just these sources. */
export default function buildPages(): void {
  execFileSync(process.execPath, [join(ROOT, 'start.mjs'), 'pages'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
}
