import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFloors } from '../../house/floors-diagram.ts';
import { lintConfigText } from '../../house/lint-config.ts';
import { floors, heightOf, ownerOf, rooms, roomsBelow } from '../../rooms.ts';
import { root } from './tree.ts';

test('the committed lint rules are what the floors give: npm run rooms', () => {
  expect(readFileSync(join(root, '.oxlintrc.json'), 'utf8')).toBe(lintConfigText());
});

test('the drawing in ARCHITECTURE.md is what the floors give: npm run rooms', () => {
  const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  expect(page).toBe(withFloors(page));
});

test('a room stands on one floor and a schema has one owner', () => {
  const names = rooms.map((room) => room.name);
  const schemas = rooms.flatMap((room) => room.schemas);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(schemas).size).toBe(schemas.length);
  expect(floors[0]?.name).toBe('kernel');
});

test('a port reads from a room that is not below', () => {
  for (const room of rooms) {
    const below = new Set(roomsBelow(room.name).map(({ name }) => name));
    for (const port of room.ports) {
      if (port.from === null) continue;
      expect(heightOf(port.from), port.name).toBeDefined();
      expect(below.has(port.from), `${room.name}.${port.name} could be an import`).toBe(false);
    }
  }
});

test('a schema leads to its room', () => {
  expect(ownerOf('ledger')?.name).toBe('ledger');
  expect(ownerOf('public')).toBeUndefined();
});
