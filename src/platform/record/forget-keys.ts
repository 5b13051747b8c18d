import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import { repeat, type Repeated } from '#platform/repeat';

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 30;
const BATCH = 1000;

export interface Forgetting {
  readonly db: Database;
  /** Whose keys there are: all orgs. */
  readonly orgs: () => Promise<readonly number[]>;
  readonly onError?: (error: unknown) => void;
}

/** Once a day of real time, forgets the keys of requests that are older than 30 days. */
export function runForgetting({ db, orgs, onError }: Forgetting): Repeated {
  const stop = new AbortController();
  const run = async () => {
    const before = new Date(realNow().getTime() - KEPT_DAYS * DAY_MS);
    for (const org of await orgs()) await forgetKeys(db, org, before, stop.signal);
  };
  const repeated = repeat({ everyMs: DAY_MS, run, onError });
  return {
    ...repeated,
    close() {
      stop.abort();
      return repeated.close();
    },
  };
}

/**
 * Deletes the stored answers of a book's people and API keys from before `before`, a thousand in a transaction.
 * Those of the product itself and of imports stay: their principals bear no UUID, and a file may be imported
 * again at any time.
 */
async function forgetKeys(
  db: Database,
  org: number,
  before: Date,
  stop: AbortSignal,
): Promise<void> {
  for (let count = BATCH; count === BATCH && !stop.aborted;) {
    count = await db.transact([org], (tx) =>
      tx.execute(
        `delete from platform.idem where org_id = $1 and ctid = any(array(
           select ctid from platform.idem
            where org_id = $1 and created_at < $2 and principal ~ '^(staff|key):[0-9a-f]{8}-'
            limit ${BATCH}))`,
        [org, before],
      ),
    );
  }
}
