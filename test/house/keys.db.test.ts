import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, freshDatabase, type FreshDatabase } from '../database.ts';
import { assertNoKeyRows, catalogueQuery, type KeyRow } from './keys.ts';

let db: FreshDatabase;

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const rows = (): Promise<KeyRow[]> => asOwner<KeyRow>(db.url, catalogueQuery);

test('every key of an org in the migrated database starts with org_id', async () => {
  assertNoKeyRows(await rows());
});

test('the catalogue names a key, a reference, a missing key and a trigger that break the rule', async () => {
  await asOwner(
    db.url,
    `create schema cellar;
     create table cellar.wine (org_id bigint, id uuid unique, primary key (org_id, id));
     create table cellar.glass (org_id bigint, wine uuid references cellar.wine (id));
     create table cellar.grape (org_id bigint, name text primary key);
     comment on table cellar.grape is 'reference';
     create trigger fills before update on cellar.wine
       for each row execute function suppress_redundant_updates_trigger();`,
  );
  const found = (await rows()).map((row) => `${row.name}: ${row.kind} ${row.key}`);
  expect(found).toEqual([
    'cellar.glass: no primary key cellar.glass',
    'cellar.glass: reference glass_wine_fkey',
    'cellar.wine: key cellar.wine_id_key',
    'cellar.wine: trigger fills',
  ]);
});
