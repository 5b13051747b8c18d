import { fileURLToPath } from 'node:url';
import { orgByCode } from '#merchants';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type App, openApp } from '../src/app.ts';
import { replayFile } from '../src/cli/replay/replay-file.ts';
import { withFile } from '../src/cli/replay/written-file.fixture.ts';

const SMALL = fileURLToPath(new URL('../sim/tickets/online-retail-small.csv.gz', import.meta.url));

/** The days of the small file. */
export const DAYS = { from: '2010-12-01', to: '2011-12-08' };

/** A merchant of whom the small ticket file was taken through the verbs of payments. */
export interface Taken {
  readonly db: FreshDatabase;
  readonly app: App;
  readonly org: number;
  readonly code: string;
  close(): Promise<void>;
}

/**
 * @param offers an offer set as `tillback replay` takes it; the default set if left out
 * @param jobs whether background jobs are carried out
 */
export async function takeTickets({
  offers,
  jobs = false,
}: { offers?: object; jobs?: boolean } = {}): Promise<Taken> {
  const db = await freshDatabase();
  const app = await openApp({
    db,
    vault: openVault(Buffer.alloc(32, 7)),
    log: silentLog(),
    checkReplies: true,
    ...(jobs && { jobsUrl: db.url }),
  });
  const code = 'tickets';
  const replay = (path?: string) =>
    replayFile(app, { file: SMALL, merchant: code, ...(path !== undefined && { offers: path }) });
  await (offers ? withFile('offers.json', JSON.stringify(offers), replay) : replay());
  const org = (await orgByCode(db, code))!.id;
  return {
    db,
    app,
    org,
    code,
    async close() {
      await app.close();
      await db.drop();
    },
  };
}
