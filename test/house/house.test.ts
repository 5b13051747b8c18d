import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkFaults } from './docs.ts';
import { nameFaults, roomFaults, sizeFaults, wordFaults } from './files.ts';
import { cycles, danglingFaults, fileGraph, floorFaults, roomGraph } from './graph.ts';
import { keyFaults, referenceFaults } from './keys.ts';
import { migrationFaults, ownershipFaults } from './tables.ts';
import { readTree, root } from './tree.ts';

const tree = readTree();
const files = fileGraph(tree);
const exists = (path: string): boolean => existsSync(join(root, path));

test.each([
  ['files are short', () => sizeFaults(tree)],
  ['file names say what is done', () => nameFaults(tree)],
  ['every room has a door and a page', () => roomFaults(tree)],
  ['no unfinished work and no silenced rule', () => wordFaults(tree)],
  ['no circle of files', () => cycles(files)],
  ['no circle of rooms', () => cycles(roomGraph(files))],
  ['rooms open only doors nearer the ground', () => floorFaults(roomGraph(files))],
  ['every import leads to a file', () => danglingFaults(tree)],
  ['tables are written by their room alone', () => ownershipFaults(tree)],
  ['schemas have a room and references point down', () => migrationFaults(tree)],
  ['keys of an org start with org_id', () => keyFaults(tree)],
  ['a table without org says that all orgs share it', () => referenceFaults(tree)],
  ['links and paths in the docs lead somewhere', () => linkFaults(tree, exists)],
])('%s', (_name, faults) => {
  expect(faults()).toEqual([]);
});
