import * as outside from '#platform/outside';
import type { Database } from '#platform/db/transact';

export const find = (db: Database, code: string): Promise<unknown> =>
  db.read([1], async function look() {
    return outside.ask(code);
  });
