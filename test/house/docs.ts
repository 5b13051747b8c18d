import { posix } from 'node:path';
import { select, type Tree } from './tree.ts';

const LINK = /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;
const NAMED =
  /`((?:src|sim|web|db|test|bench|house|docs|bin)\/[\w./-]+\.(?:ts|tsx|mjs|sql|md|json))`/g;

function withoutFences(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}

/** Relative links and paths in backticks that lead nowhere. `exists` sees folders and files of any kind. */
export function linkFaults(tree: Tree, exists: (path: string) => boolean): readonly string[] {
  return select(tree, /\.md$/).flatMap(([page, text]) => {
    const prose = withoutFences(text);
    const links = [...prose.matchAll(LINK)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^([a-z]+:|#|\/\/)/.test(link))
      .map((link) => posix.join(posix.dirname(page), link.split('#')[0] ?? ''));
    const named = [...prose.matchAll(NAMED)].map((match) => match[1] ?? '');
    return [...links, ...named]
      .filter((path) => !exists(path))
      .map((path) => `${page} names ${path}`);
  });
}
