import { select, type Tree } from './tree.ts';

/** A table as its migration writes it. Clauses are the comma-separated parts between the brackets. */
export interface Table {
  readonly name: string;
  readonly file: string;
  readonly clauses: readonly string[];
}

const CREATE = /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(\w+\.\w+)\s*\(/gi;

/** SQL without comments, function bodies and string contents, so that brackets and commas count. */
export function plainSql(text: string): string {
  return text
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(\$\w*\$)[\s\S]*?\1/g, "''")
    .replaceAll(/'(?:[^']|'')*'/g, "''");
}

function splitTop(body: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '(') depth++;
    if (body[at] === ')') depth--;
    if (depth < 0) return [...parts, body.slice(from, at)].map((part) => part.trim());
    if (depth === 0 && body[at] === ',') {
      parts.push(body.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, body.slice(from)].map((part) => part.trim());
}

export function migrations(tree: Tree): readonly (readonly [string, string])[] {
  return select(tree, /^db\/.*\.sql$/).map(([path, text]) => [path, plainSql(text)] as const);
}

export function tables(tree: Tree): readonly Table[] {
  return migrations(tree).flatMap(([file, sql]) =>
    [...sql.matchAll(CREATE)].map((match) => ({
      name: (match[1] ?? '').toLowerCase(),
      file,
      clauses: splitTop(sql.slice(match.index + match[0].length)),
    })),
  );
}

export function views(tree: Tree): readonly string[] {
  const form = /\bcreate\s+(?:or\s+replace\s+)?(?:materialized\s+)?view\s+(\w+\.\w+)/gi;
  return migrations(tree).flatMap(([, sql]) =>
    [...sql.matchAll(form)].map((match) => (match[1] ?? '').toLowerCase()),
  );
}
