import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { StartFault } from '#platform/config';

export const MASTER_KEY_BYTES = 32;

const VARIABLE = 'TILLBACK_MASTER_KEY';
const FILE = 'master.key';

/**
 * The master key of field encryption: 32 bytes in base64 from the environment, else from the file
 * master.key of the data folder, which the first start makes.
 * @throws StartFault if it is malformed, or others may read the file.
 */
export function loadMasterKey(dataDir: string, env: NodeJS.ProcessEnv): Buffer {
  const given = env[VARIABLE]?.trim();
  if (given) return keyOf(given, VARIABLE);
  const path = join(dataDir, FILE);
  const text = readIfThere(path);
  if (text !== undefined) return keyOf(text, path);
  make(path);
  return keyOf(readFileSync(path, 'utf8'), path);
}

function readIfThere(path: string): string | undefined {
  try {
    const open = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
    if (open) throw new StartFault(`${path} can be read by others. Run: chmod 600 ${path}`, 2);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

// A link, unlike a rename, never replaces: of two processes that start together one key stands.
function make(path: string): void {
  const aside = `${path}.${process.pid}.new`;
  const file = openSync(aside, 'w', 0o600);
  writeSync(file, `${randomBytes(MASTER_KEY_BYTES).toString('base64')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(aside);
  }
}

function keyOf(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === MASTER_KEY_BYTES && key.toString('base64') === text.trim()) return key;
  throw new StartFault(
    `${where} is not a master key. Give 32 bytes in base64, the same as before: ` +
      'what was sealed under another key cannot be read.',
    2,
  );
}
