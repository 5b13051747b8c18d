import { rooms } from '../../rooms.ts';
import { select, type Tree } from './tree.ts';

const CODE = /^(src|sim|db|test|bench|house)\/.*\.tsx?$/;
const LIMITS = { median: 60, p90: 180, max: 400 } as const;
const EMPTY_NAMES = new Set(['data', 'info', 'manager', 'helper', 'helpers', 'util', 'utils']);
for (const name of ['misc', 'common']) EMPTY_NAMES.add(name);

function lines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** The median and the ninetieth percentile bind src; the longest file binds all code. */
export function sizeFaults(tree: Tree): readonly string[] {
  const faults = select(tree, CODE)
    .filter(([, text]) => lines(text) > LIMITS.max)
    .map(([path, text]) => `${path} has ${lines(text)} lines; at most ${LIMITS.max}`);
  const product = select(tree, /^src\/.*(?<!\.test)\.ts$/).map(([, text]) => lines(text));
  const sorted = product.toSorted((a, b) => a - b);
  const [median, p90] = [quantile(sorted, 0.5), quantile(sorted, 0.9)];
  if (median > LIMITS.median)
    faults.push(`src: the median file has ${median} lines, not ${LIMITS.median}`);
  if (p90 > LIMITS.p90)
    faults.push(`src: a tenth of the files have ${p90} lines, not ${LIMITS.p90}`);
  return faults;
}

/** A file named for no verb and no noun hides what it does. */
export function nameFaults(tree: Tree): readonly string[] {
  return [...tree.keys()]
    .filter((path) => CODE.test(path) || path.endsWith('.mjs'))
    .filter((path) => path.split('/').some((part) => EMPTY_NAMES.has(part.split('.')[0] ?? '')))
    .map((path) => `${path}: name the file by its verb or noun`);
}

/** Every folder of src is a room of rooms.ts with its door and its page; no deeper door exists. */
export function roomFaults(tree: Tree): readonly string[] {
  const faults: string[] = [];
  const folders = new Set(select(tree, /^src\/[^/]+\//).map(([path]) => path.split('/')[1] ?? ''));
  for (const name of folders) {
    if (!rooms.some((room) => room.name === name)) faults.push(`src/${name} is not in rooms.ts`);
    if (name === 'cli') continue;
    const open = name === 'kernel' || name === 'platform';
    if (!open && !tree.has(`src/${name}/index.ts`)) faults.push(`src/${name} has no index.ts`);
    const page = tree.get(`src/${name}/README.md`);
    if (page === undefined) faults.push(`src/${name} has no README.md`);
    else if (lines(page) > 40) faults.push(`src/${name}/README.md has more than 40 lines`);
  }
  for (const path of tree.keys()) {
    if (/^src\/[^/]+\/.+\/index\.ts$/.test(path)) faults.push(`${path}: only a room has a door`);
    if (/^src\/[^/]+\/[^/]+\/[^/]+\/.+\.ts$/.test(path))
      faults.push(`${path}: one level of subfolders`);
  }
  return faults;
}

const UNFINISHED = /\b(TODO|FIXME|XXX|HACK)\b|\bfor now\b|lorem ipsum/i;
const SILENCED = /@ts-(ignore|nocheck)|(ox|es)lint-disable(?!-(next-)?line [a-z/-]+ -- \w)/;
const HOUSE_SILENCED =
  /(ox|es)lint-disable\S* .*(house\/|no-restricted|import\/no-cycle|no-console)/;

/** Words of unfinished work, and rules switched off without a reason or never to be switched off. */
export function wordFaults(tree: Tree): readonly string[] {
  return select(tree, /^(src|sim|web)\/.*\.(tsx?|md)$/).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const found = [UNFINISHED, SILENCED, HOUSE_SILENCED].find((rule) => rule.test(line));
      return found === undefined ? [] : [`${path}:${index + 1}: "${found.exec(line)?.[0]}"`];
    }),
  );
}
