import { posix } from 'node:path';
import { heightOf } from '../../rooms.ts';
import { select, type Tree } from './tree.ts';

export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

const IMPORT = /(?:^|[\s;}])(?:import|export)\s*(?:type\s)?[^'"`;()]*?from\s*['"]([^'"]+)['"]/g;
const BARE = /(?:^|[\s;(])import\s*\(?\s*['"]([^'"]+)['"]/g;

export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

/** What package.json#imports makes of a specifier; undefined for a package. */
function target(from: string, specifier: string, tree: Tree): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const inner = /^#(kernel|platform)\/(.+)$/.exec(specifier);
  if (inner !== null) return `src/${inner[1]}/${inner[2]}.ts`;
  const part = /^#([^/]+)\/(contract|core)$/.exec(specifier);
  if (part !== null) return `src/${part[1]}/${part[2]}.ts`;
  const door = /^#([^/]+)$/.exec(specifier);
  if (door === null) return undefined;
  const path = `src/${door[1]}/index.ts`;
  return tree.has(path) ? path : undefined;
}

export function importsOf(text: string): readonly string[] {
  const code = withoutComments(text);
  return [IMPORT, BARE].flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''));
}

/** Type imports count: a circle of types is still a circle of thoughts. */
export function fileGraph(tree: Tree): Graph {
  const graph = new Map<string, ReadonlySet<string>>();
  for (const [path, text] of select(tree, /^(src|sim|web)\/.*\.tsx?$/)) {
    const targets = importsOf(text).map((each) => target(path, each, tree));
    graph.set(path, new Set(targets.filter((each) => each !== undefined)));
  }
  return graph;
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\/.+\.tsx?$/.exec(path)?.[1];
}

export function roomGraph(files: Graph): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [path, targets] of files) {
    const room = roomOf(path);
    if (room === undefined) continue;
    const edges = graph.get(room) ?? new Set<string>();
    graph.set(room, edges);
    for (const each of targets) {
      const other = roomOf(each);
      if (other !== undefined && other !== room) edges.add(other);
    }
  }
  return graph;
}

/** Every circle once, as the path back to where it started. */
export function cycles(graph: Graph): readonly string[] {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const found: string[] = [];
  const visit = (node: string): void => {
    state.set(node, 'open');
    trail.push(node);
    for (const next of graph.get(node) ?? []) {
      if (state.get(next) === 'open')
        found.push([...trail.slice(trail.indexOf(next)), next].join(' -> '));
      else if (!state.has(next)) visit(next);
    }
    trail.pop();
    state.set(node, 'done');
  };
  for (const node of graph.keys()) if (!state.has(node)) visit(node);
  return found;
}

/** Edges that go beside or up. The linter refuses them too; this looks at rooms, not at patterns. */
export function floorFaults(graph: Graph): readonly string[] {
  return [...graph].flatMap(([room, targets]) =>
    [...targets]
      .filter((other) => (heightOf(other) ?? Infinity) >= (heightOf(room) ?? Infinity))
      .map((other) => `${room} opens ${other}, which is not nearer the ground`),
  );
}

/** Files imported that do not exist. */
export function danglingFaults(tree: Tree): readonly string[] {
  return [...fileGraph(tree)].flatMap(([path, targets]) =>
    [...targets]
      .filter((each) => !tree.has(each) && /\.tsx?$/.test(each))
      .map((each) => `${path} imports ${each}`),
  );
}
