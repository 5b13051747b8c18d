import { expect, test } from 'vitest';
import { linkFaults } from './docs.ts';
import { nameFaults, roomFaults, sizeFaults, wordFaults } from './files.ts';
import { cycles, danglingFaults, fileGraph, floorFaults, roomGraph } from './graph.ts';
import { assertNoKeyRows, keyFaults, referenceFaults } from './keys.ts';
import { migrationFaults, ownershipFaults } from './tables.ts';
import { treeOf, type Tree } from './tree.ts';

type Files = Readonly<Record<string, string>>;
const lines = (count: number): string => 'x\n'.repeat(count);
const door = { 'src/offers/index.ts': '', 'src/offers/README.md': 'Offers.\n' };
const journal = `create table ledger.journal (
  org_id bigint, journal_id uuid, primary key (org_id, journal_id));`;
const members = 'create table members.member (org_id bigint, id uuid, primary key (org_id, id));';
const db = {
  'db/migrations/0001-a.sql': `${journal}\n${members}\ncreate view ledger.v_day as select 1;`,
};
const sql = (text: string): Files => ({ 'db/migrations/0001-a.sql': text });
const pages = new Set(['src/offers', 'STYLE.md']);

const rooms = (tree: Tree): readonly string[] => cycles(roomGraph(fileGraph(tree)));
const files = (tree: Tree): readonly string[] => cycles(fileGraph(tree));
const floors = (tree: Tree): readonly string[] => floorFaults(roomGraph(fileGraph(tree)));
const links = (tree: Tree): readonly string[] => linkFaults(tree, (path) => pages.has(path));

type Check = (tree: Tree) => readonly string[];

test.each<[string, Check, Files, string | undefined]>([
  // what is broken         check           the tree                                                        what is named
  ['a long file', sizeFaults, { 'bench/sale.ts': lines(401) }, 'bench/sale.ts has 401 lines'],
  ['a file at the limit', sizeFaults, { 'bench/sale.ts': lines(400) }, undefined],
  ['a high median', sizeFaults, { 'src/a/x.ts': lines(61) }, 'median file has 61'],
  [
    'a high tenth',
    sizeFaults,
    { 'src/a/x.ts': lines(181), 'src/a/y.ts': '', 'src/a/z.ts': '' },
    'a tenth',
  ],
  ['an empty name', nameFaults, { 'src/offers/utils.ts': '' }, 'src/offers/utils.ts'],
  ['an empty folder name', nameFaults, { 'src/offers/common/x.ts': '' }, 'src/offers/common/x.ts'],
  ['a telling name', nameFaults, { 'src/offers/evaluate.ts': '' }, undefined],
  ['a room without door', roomFaults, { 'src/offers/README.md': '' }, 'src/offers has no index.ts'],
  ['a room without page', roomFaults, { 'src/offers/index.ts': '' }, 'src/offers has no README.md'],
  ['a long page', roomFaults, { ...door, 'src/offers/README.md': lines(41) }, 'more than 40 lines'],
  ['an unknown room', roomFaults, { 'src/cellar/x.ts': '' }, 'src/cellar is not in rooms.ts'],
  [
    'a door inside a room',
    roomFaults,
    { ...door, 'src/offers/a/index.ts': '' },
    'only a room has a door',
  ],
  [
    'a folder too deep',
    roomFaults,
    { ...door, 'src/offers/a/b/x.ts': '' },
    'one level of subfolders',
  ],
  ['a room in order', roomFaults, { ...door, 'src/offers/a/x.ts': '' }, undefined],
  ['a note to self', wordFaults, { 'src/a/x.ts': '// TODO later' }, 'src/a/x.ts:1'],
  ['a makeshift', wordFaults, { 'src/a/x.ts': '\n// Good enough for now.' }, 'src/a/x.ts:2'],
  ['a silenced checker', wordFaults, { 'src/a/x.ts': '// @ts-ignore' }, '@ts-ignore'],
  [
    'a rule off without reason',
    wordFaults,
    { 'src/a/x.ts': '// oxlint-disable-next-line eqeqeq' },
    'disable',
  ],
  [
    'a house rule off',
    wordFaults,
    { 'src/a/x.ts': '// oxlint-disable-next-line no-console -- why' },
    'console',
  ],
  [
    'a rule off with reason',
    wordFaults,
    { 'src/a/x.ts': '// oxlint-disable-next-line eqeqeq -- null too' },
    undefined,
  ],
  [
    'a circle of files',
    files,
    { 'src/a/x.ts': "import './y.ts';", 'src/a/y.ts': "export * from './x.ts';" },
    'src/a/x.ts -> src/a/y.ts -> src/a/x.ts',
  ],
  [
    'a circle of types',
    files,
    {
      'src/kernel/x.ts': "import type { Y } from '#kernel/y';",
      'src/kernel/y.ts': "import type { X } from './x.ts';",
    },
    'src/kernel/x.ts',
  ],
  [
    'a line of files',
    files,
    { 'src/a/x.ts': "import './y.ts';", 'src/a/y.ts': "// import './x.ts';" },
    undefined,
  ],
  [
    'a circle of rooms',
    rooms,
    {
      'src/orders/index.ts': "import { p } from '#pos';",
      'src/pos/index.ts': '',
      'src/pos/x.ts': "import('#orders')",
    },
    'orders -> pos -> orders',
  ],
  [
    'an import up',
    floors,
    { 'src/ledger/x.ts': "import { take } from '#payments';", 'src/payments/index.ts': '' },
    'ledger opens payments',
  ],
  [
    'an import beside',
    floors,
    { 'src/offers/x.ts': "import type { C } from '#coupons/core';" },
    'offers opens coupons',
  ],
  [
    'an import down',
    floors,
    { 'src/payments/x.ts': "import { post } from '#ledger';", 'src/ledger/index.ts': '' },
    undefined,
  ],
  [
    'an import of nothing',
    danglingFaults,
    { 'src/a/x.ts': "import { gone } from './gone.ts';" },
    'src/a/gone.ts',
  ],
  [
    'a write into another room',
    ownershipFaults,
    { ...db, 'src/payments/x.ts': '`insert into ledger.journal (org_id)`' },
    'src/payments/x.ts writes ledger.journal',
  ],
  [
    'a read of a foreign table',
    ownershipFaults,
    { ...db, 'src/payments/x.ts': '`select 1 from ledger.journal`' },
    'src/payments/x.ts reads ledger.journal',
  ],
  [
    'a read of a view above',
    ownershipFaults,
    {
      'db/a.sql': 'create view payments.v_sale as select 1;',
      'src/ledger/x.ts': '`from payments.v_sale`',
    },
    'reads payments.v_sale',
  ],
  [
    'a read of a view below',
    ownershipFaults,
    { ...db, 'src/payments/x.ts': '`select 1 from ledger.v_day`' },
    undefined,
  ],
  [
    'a word about a table',
    ownershipFaults,
    { ...db, 'src/care/x.ts': '// Not from ledger.journal.' },
    undefined,
  ],
  [
    'a write at home',
    ownershipFaults,
    { ...db, 'src/ledger/x.ts': '`update ledger.journal set`' },
    undefined,
  ],
  [
    'a table that is not there',
    ownershipFaults,
    { ...db, 'src/ledger/x.ts': '`from ledger.jornal`' },
    'ledger.jornal is in no migration',
  ],
  [
    'a schema without room',
    migrationFaults,
    sql('create table cellar.wine (id int);'),
    'cellar.wine belongs to no room',
  ],
  [
    'a reference up',
    migrationFaults,
    sql('create table ledger.a (org_id bigint references members.member);'),
    'ledger.a refers up',
  ],
  [
    'a reference down',
    migrationFaults,
    sql('create table members.a (org_id bigint references ledger.a);'),
    undefined,
  ],
  [
    'a key without org',
    keyFaults,
    sql('create table ledger.a (id uuid primary key, org_id bigint);'),
    'ledger.a: primary key',
  ],
  [
    'a key with org second',
    keyFaults,
    sql('create table ledger.a (org_id bigint, id uuid, primary key (id, org_id));'),
    'ledger.a: primary key',
  ],
  [
    'no key',
    keyFaults,
    sql('create table ledger.a (org_id bigint, id uuid);'),
    'ledger.a has no primary key',
  ],
  [
    'a unique clause',
    keyFaults,
    sql(`${members} create table ledger.b (org_id bigint primary key, code text unique);`),
    'ledger.b: unique',
  ],
  [
    'a unique index',
    keyFaults,
    sql(`${members} create unique index one on members.member (id);`),
    'members.member: a unique index',
  ],
  [
    'a reference without org',
    keyFaults,
    sql(
      `${members} create table offers.a (org_id bigint, m uuid, primary key (org_id, m), foreign key (m) references members.member (id));`,
    ),
    'the reference to members.member',
  ],
  ['a sequence', keyFaults, sql('create table ledger.a (n bigserial);'), 'bigserial'],
  [
    'a table of nobody',
    referenceFaults,
    sql('create table ledger.asset (id int);'),
    'ledger.asset has no org_id',
  ],
  [
    'a shared table',
    referenceFaults,
    sql(
      "create table ledger.asset (id int);\ncomment on table ledger.asset is 'reference: assets';",
    ),
    undefined,
  ],
  [
    'keys of a shared register',
    keyFaults,
    sql(
      "create table merchants.org (org_id bigint primary key, code text unique, parent bigint references merchants.org (org_id));\ncomment on table merchants.org is 'reference';",
    ),
    undefined,
  ],
  ['keys in order', keyFaults, db, undefined],
  ['a dead link', links, { 'README.md': '[the style](STYLES.md)' }, 'README.md names STYLES.md'],
  [
    'a dead path',
    links,
    { 'README.md': 'See `src/offers/gone.ts`.' },
    'README.md names src/offers/gone.ts',
  ],
  [
    'a link that leads',
    links,
    { 'docs/a.md': '[style](../STYLE.md#names), [us](https://example.com)' },
    undefined,
  ],
])('%s', (_name, check, tree, fault) => {
  const faults = check(treeOf(tree));
  if (fault === undefined) expect(faults).toEqual([]);
  else expect(faults.join('\n')).toContain(fault);
});

test('rows of the catalogue become a failure that names them', () => {
  expect(() => assertNoKeyRows([{ name: 'ledger.a', key: 'a_code', kind: 'key' }])).toThrow(
    'ledger.a: key a_code',
  );
  expect(() => assertNoKeyRows([])).not.toThrow();
});
