import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { HEADER } from './field.ts';

/** Calls `work` with the path of a file that holds `content`, and removes the file afterwards. */
export async function withFile<T>(
  name: string,
  content: string | Uint8Array,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tillback-tickets-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A ticket file of these lines under the right header. */
export function csv(...lines: readonly string[]): string {
  return [HEADER.join(','), ...lines, ''].join('\n');
}
