import { clockFiles, consoleFiles, floors, networkFiles, pureNames } from '../rooms.ts';
import type { Floor, Room } from '../rooms.ts';
import {
  network,
  product,
  pureFolderPatterns,
  purePatterns,
  roomPatterns,
  sim,
  simPatterns,
  testPatterns,
  webPatterns,
  type Pattern,
} from './restricted-imports.ts';

type Rules = Readonly<Record<string, unknown>>;

export interface Override {
  readonly files: readonly string[];
  readonly plugins?: readonly string[];
  readonly rules: Rules;
}

const networkGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: 'network: only the files named in rooms.ts open connections.',
}));

const pureGlobals = ['process', 'Buffer', 'setTimeout', 'setInterval', 'setImmediate'].map(
  (name) => ({ name, message: 'pure: a pure core decides on its arguments alone.' }),
);

const globalFetch = {
  object: 'globalThis',
  property: 'fetch',
  message: 'network: only the files named in rooms.ts open connections.',
};

const chance = {
  object: 'Math',
  property: 'random',
  message: 'pure: a pure core decides on its arguments alone.',
};

const baseRules: Rules = {
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'import/no-cycle': 'error',
  'import/no-duplicates': 'error',
  'unicorn/prefer-node-protocol': 'error',
  'typescript/no-explicit-any': 'error',
  'typescript/no-floating-promises': 'error',
  'typescript/no-misused-promises': 'error',
  'typescript/only-throw-error': 'error',
  'typescript/consistent-type-imports': 'error',
  'typescript/switch-exhaustiveness-check': 'error',
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
  'no-shadow': 'off',
  'unicorn/consistent-function-scoping': 'off',
  'unicorn/no-array-sort': 'off',
  'no-unmodified-loop-condition': 'off',
  'no-underscore-dangle': 'off',
  'import/no-named-as-default-member': 'off',
  'typescript/consistent-return': 'off',
  'typescript/no-unsafe-type-assertion': 'off',
  'house/literal-import': 'error',
  'house/no-ask-in-transaction': 'error',
};

function restricted(patterns: readonly Pattern[]): Rules {
  return { 'no-restricted-imports': ['error', { patterns }] };
}

/** Later overrides replace a rule whole, so each of these carries its complete list. */
function floorOverrides(floor: Floor): readonly Override[] {
  const each = (glob: string): readonly string[] =>
    floor.rooms.map(({ name }) => `src/${name}/${glob}`);
  const top = roomPatterns(floor, 0);
  const deep = roomPatterns(floor, 1);
  return [
    { files: each('*.ts'), rules: restricted([...top, network]) },
    { files: each('*/**/*.ts'), rules: restricted([...deep, network]) },
    ...openOverrides(floor, top, deep),
    ...floor.rooms.flatMap((room) => pureOverrides(floor, room)),
    { files: each('*.test.ts'), rules: restricted(testPatterns(floor, 0)) },
    { files: each('*/**/*.test.ts'), rules: restricted(testPatterns(floor, 1)) },
  ];
}

/** Files that may open connections, at the room's top or one folder deeper. */
function openOverrides(
  floor: Floor,
  top: readonly Pattern[],
  deep: readonly Pattern[],
): readonly Override[] {
  const globs = networkFiles.filter((glob) =>
    floor.rooms.some(({ name }) => glob.startsWith(`src/${name}/`)),
  );
  const flat = globs.filter((glob) => glob.split('/').length === 3);
  const nested = globs.filter((glob) => glob.split('/').length > 3);
  const overrides = [
    { files: flat, rules: restricted(top) },
    { files: nested, rules: restricted(deep) },
  ];
  return overrides.filter(({ files }) => files.length > 0);
}

function pureOverrides(floor: Floor, room: Room): readonly Override[] {
  const files = (names: readonly string[]): readonly string[] =>
    names.map((name) => `src/${room.name}/${name}.ts`);
  const pure = {
    files: files(pureNames(room)),
    rules: {
      ...restricted(purePatterns(floor, room, false)),
      'no-restricted-globals': ['error', ...networkGlobals, ...pureGlobals],
      'no-restricted-properties': ['error', globalFetch, chance],
    },
  };
  const folders = {
    files: room.pureFolders.map((folder) => `src/${room.name}/${folder}/*.ts`),
    rules: { ...pure.rules, ...restricted(pureFolderPatterns(floor, room)) },
  };
  const hashing = {
    files: files(room.hashing),
    rules: restricted(purePatterns(floor, room, true)),
  };
  return [pure, folders, hashing].filter(({ files: some }) => some.length > 0);
}

function productOverrides(): readonly Override[] {
  return [
    {
      files: ['src/**/*.ts'],
      rules: {
        ...restricted([network, sim, product]),
        'no-console': 'error',
        'no-restricted-globals': ['error', ...networkGlobals],
        'no-restricted-properties': ['error', globalFetch],
        'house/one-clock': 'error',
      },
    },
    { files: ['src/app.ts'], rules: restricted([network, product]) },
    { files: [...clockFiles], rules: { 'house/one-clock': 'off' } },
    { files: [...consoleFiles], rules: { 'no-console': 'off' } },
    {
      files: [...networkFiles],
      rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
    },
  ];
}

const testFiles = ['**/*.test.ts', '**/*.test.tsx', 'test/**/*.ts', 'bench/**/*.ts'];

/** The whole oxlint configuration, from the floors in rooms.ts. */
export function lintConfig(): Readonly<Record<string, unknown>> {
  return {
    $schema: './node_modules/oxlint/configuration_schema.json',
    plugins: ['eslint', 'import', 'oxc', 'promise', 'typescript', 'unicorn'],
    jsPlugins: ['./house/plugin.mjs'],
    categories: { correctness: 'error', suspicious: 'error' },
    options: { typeAware: true },
    env: { builtin: true, node: true },
    ignorePatterns: ['node_modules', 'data', 'dist', 'coverage', 'test/counter-examples'],
    rules: baseRules,
    overrides: [
      ...productOverrides(),
      ...floors.filter(({ name }) => name !== 'app').flatMap(floorOverrides),
      { files: ['src/cli/**/*.ts'], rules: restricted([sim, product]) },
      { files: ['src/cli/**/*.test.ts'], rules: restricted([sim]) },
      {
        files: ['web/**/*.ts', 'web/**/*.tsx'],
        rules: {
          ...restricted(webPatterns),
          // A style sheet is imported for what it does.
          'import/no-unassigned-import': ['error', { allow: ['**/*.css'] }],
        },
      },
      { files: ['sim/**/*.ts'], rules: { ...restricted(simPatterns), 'house/one-clock': 'error' } },
      {
        files: testFiles,
        rules: {
          'max-lines-per-function': 'off',
          'no-restricted-globals': 'off',
          'no-console': 'off',
          'house/one-clock': 'off',
        },
      },
    ] satisfies readonly Override[],
  };
}

/** JSON with each rule and each list of strings on one line, so that a change reads well. */
export function lintConfigText(): string {
  const text = JSON.stringify(lintConfig(), null, 1)
    .replaceAll(/\[\s+"[^[\]{}]*?"\s+\]/g, (list) => list.replaceAll(/\s*\n\s*/g, ' '))
    .replaceAll(/\{\s+"(group|regex|name|max)"[^[{}]*(\[[^\]]*\])?[^[{}]*\}/g, (entry) =>
      entry.replaceAll(/\s*\n\s*/g, ' '),
    );
  return `${text}\n`;
}
