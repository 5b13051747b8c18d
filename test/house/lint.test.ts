import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messages } from '../../house/restricted-imports.ts';
import plugin from '../../house/plugin.mjs';
import { root } from './tree.ts';

const IMPORTS = 'eslint(no-restricted-imports)';
const PROPERTIES = 'eslint(no-restricted-properties)';
const GLOBALS = 'eslint(no-restricted-globals)';

/** Each folder of test/counter-examples, the rule that refuses it, and how its message begins. */
const cases: readonly (readonly [folder: string, rule: string, message: string])[] = [
  ['doors-up', IMPORTS, 'doors:'],
  ['doors-beside', IMPORTS, 'doors:'],
  ['doors-own', IMPORTS, 'doors:'],
  ['doors-file', IMPORTS, 'doors:'],
  ['doors-platform', IMPORTS, 'doors:'],
  ['doors-kernel', IMPORTS, 'doors:'],
  ['doors-reexport', IMPORTS, 'doors:'],
  ['doors-dynamic', IMPORTS, 'doors:'],
  ['doors-type', IMPORTS, 'doors:'],
  ['doors-test', IMPORTS, 'doors:'],
  ['inside', IMPORTS, 'inside:'],
  ['inside-deep', IMPORTS, 'inside:'],
  ['inside-test', IMPORTS, 'inside:'],
  ['inside-test-deep', IMPORTS, 'inside:'],
  ['pure-node', IMPORTS, 'pure:'],
  ['pure-database', IMPORTS, 'pure:'],
  ['pure-driver', IMPORTS, 'pure:'],
  ['pure-door', IMPORTS, 'pure:'],
  ['pure-friends', IMPORTS, 'pure-friends:'],
  ['pure-folder', IMPORTS, 'pure:'],
  ['pure-folder-friends', IMPORTS, 'pure-friends:'],
  ['pure-hash', IMPORTS, 'pure:'],
  ['pure-globals', GLOBALS, 'pure:'],
  ['network-import', IMPORTS, 'network:'],
  ['network-import-deep', IMPORTS, 'network:'],
  ['network-main', IMPORTS, 'network:'],
  ['network-fetch', GLOBALS, 'network:'],
  ['sim', IMPORTS, 'sim:'],
  ['product', IMPORTS, 'product:'],
  ['web', IMPORTS, 'web:'],
  ['web-files', IMPORTS, 'web:'],
  ['simulator', IMPORTS, 'simulator:'],
  ['simulator-files', IMPORTS, 'simulator:'],
  ['network-global', PROPERTIES, 'network:'],
  ['pure-random', PROPERTIES, 'pure:'],
  ['clock-now', 'house(one-clock)', ''],
  ['clock-date', 'house(one-clock)', ''],
  ['console', 'eslint(no-console)', ''],
  ['literal-import', 'house(literal-import)', ''],
  ['ask-in-transaction', 'house(no-ask-in-transaction)', ''],
  ['cycle', 'import(no-cycle)', ''],
  ['cycle-doors', 'import(no-cycle)', ''],
  ['any', 'typescript(no-explicit-any)', ''],
  ['floating-promise', 'typescript(no-floating-promises)', ''],
  ['long-function', 'eslint(max-lines-per-function)', ''],
  ['long-file', 'eslint(max-lines)', ''],
];

interface Finding {
  readonly message: string;
  readonly code: string;
  readonly help?: string;
  readonly filename: string;
}

const examples = join(root, 'test/counter-examples');
const sides = ['refused', 'allowed'] as const;
const found = new Map<string, Finding[]>();
const trees: string[] = [];

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'));
}

/** All examples of one side in one tree, under the real configuration. */
function makeTree(side: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'tillback-lint-'));
  trees.push(tree);
  for (const name of ['.oxlintrc.json', 'package.json', 'tsconfig.json', 'house', 'rooms.ts']) {
    cpSync(join(root, name), join(tree, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
  for (const [folder] of cases) {
    const from = join(examples, folder, side);
    for (const place of filesOf(from)) {
      if (existsSync(join(tree, place))) throw new Error(`${place} stands twice among the ${side}`);
      cpSync(join(from, place), join(tree, place));
    }
  }
  return tree;
}

function lint(side: string): void {
  const tree = makeTree(side);
  const linter = join(root, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [linter, '-f', 'json', 'src', 'sim', 'web'], {
    cwd: tree,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Finding[] };
  for (const each of diagnostics) {
    const path = `${side}/${each.filename.replaceAll('\\', '/')}`;
    found.set(path, [...(found.get(path) ?? []), each]);
  }
}

beforeAll(() => sides.forEach(lint), 60_000);

afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true, force: true });
});

function findings(
  folder: string,
  side: string,
): readonly (readonly [string, readonly Finding[]])[] {
  const paths = filesOf(join(examples, folder, side));
  return paths.map((path) => [path, found.get(`${side}/${path}`) ?? []] as const);
}

test.each(cases)('%s is refused by %s %s', (folder, rule, message) => {
  const refused = findings(folder, 'refused');
  expect(refused.length).toBeGreaterThan(0);
  for (const [path, list] of refused) {
    expect(
      list.map(({ code }) => code),
      path,
    ).toEqual([rule]);
    expect(`${list[0]?.help} ${list[0]?.message}`, path).toContain(message);
  }
});

test.each(cases)('the legal twin of %s passes', (folder) => {
  const allowed = findings(folder, 'allowed');
  expect(allowed.length).toBeGreaterThan(0);
  for (const [path, list] of allowed) expect(list, path).toEqual([]);
});

test('every house rule and every kind of refused import has its counter-example', () => {
  const rules = new Set(cases.map(([, rule]) => rule));
  const kinds = new Set(cases.map(([, , message]) => message));
  for (const name of Object.keys(plugin.rules)) expect(rules).toContain(`house(${name})`);
  for (const text of Object.values(messages)) expect(kinds).toContain(text.split(' ')[0]);
  expect(readdirSync(examples).toSorted()).toEqual(cases.map(([folder]) => folder).toSorted());
});

test('no override opens more than it names', () => {
  const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as {
    overrides: { files: string[] }[];
  };
  const loose = config.overrides.flatMap(({ files }) =>
    files.filter((glob) => !glob.includes('/')),
  );
  expect(loose).toEqual([]);
});
