import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, freshDatabase, type FreshDatabase } from '../../../test/database.ts';
import { runForgetting } from './forget-keys.ts';

let db: FreshDatabase;
beforeAll(async () => void (db = await freshDatabase()));
afterAll(() => db?.drop());

const ID = '0190b3f0-0000-7000-8000-000000000000';

async function plant(org: number, principal: string, age: string, count = 1): Promise<void> {
  await asOwner(
    db.url,
    `insert into platform.idem (org_id, principal, key, req_hash, status, answer, created_at)
     select $1, $2, $3 || n, '\\x00', 201, '', now() - $3::interval from generate_series(1, $4) n`,
    [org, principal, age, count],
  );
}

test('keys of requests are forgotten after 30 days, those of the product and of imports never', async () => {
  await plant(1, `staff:${ID}`, '31 days', 2500);
  await plant(1, `staff:${ID}`, '29 days');
  await plant(1, 'system:relay', '31 days');
  await plant(1, 'key:replay', '31 days');
  await plant(2, `key:${ID}`, '31 days');
  await plant(3, `key:${ID}`, '31 days');
  const errors: unknown[] = [];
  const forgetting = runForgetting({
    db,
    orgs: async () => [1, 2],
    onError: (error) => errors.push(error),
  });
  await forgetting.turn();
  await forgetting.close();
  expect(errors).toEqual([]);
  const left = await asOwner<{ row: string }>(
    db.url,
    "select org_id || ' ' || principal || ' ' || key as row from platform.idem order by 1",
  );
  expect(left.map(({ row }) => row)).toEqual([
    '1 key:replay 31 days1',
    `1 staff:${ID} 29 days1`,
    '1 system:relay 31 days1',
    `3 key:${ID} 31 days1`,
  ]);
});
