import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files by path from the root, with forward slashes. Checks take a tree, so that a made-up one serves. */
export type Tree = ReadonlyMap<string, string>;

export const root = fileURLToPath(new URL('../..', import.meta.url));

const SOURCES = /\.(ts|tsx|mjs|sql|md)$/;
const PLACES = ['src', 'sim', 'web', 'db', 'test', 'bench', 'house', 'docs'];

export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return new Map(Object.entries(files));
}

export function readTree(): Tree {
  const tree = new Map<string, string>();
  const add = (path: string): void => {
    tree.set(path, readFileSync(join(root, path), 'utf8'));
  };
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isFile() && SOURCES.test(entry.name)) add(entry.name);
  }
  for (const place of PLACES) {
    for (const path of listed(place)) if (SOURCES.test(path)) add(path);
  }
  return tree;
}

function listed(place: string): readonly string[] {
  try {
    return readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
      .map((path) => `${place}/${path.replaceAll('\\', '/')}`)
      .filter(
        (path) => !path.includes('node_modules/') && !path.startsWith('test/counter-examples/'),
      );
  } catch {
    return [];
  }
}

export function select(tree: Tree, match: RegExp): readonly (readonly [string, string])[] {
  return [...tree].filter(([path]) => match.test(path));
}
