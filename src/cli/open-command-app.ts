import { join } from 'node:path';
import { readConfig } from '#platform/config';
import { migrate } from '#platform/db/migrate';
import { openDatabase } from '#platform/db/transact';
import { drain, drainAtEnd, onDrain } from '#platform/drain';
import { type Log, makeLog } from '#platform/log';
import { launchPostgres, runningPostgres } from '#platform/postgres/launch';
import { openHeldVault } from '#platform/vault/open-held';
import { prepareDataDir } from '#platform/postgres/prepare-folder';
import type { Config } from '#platform/config';
import { type App, openApp } from '../app.ts';

/** The product as a command sees it. */
export interface CommandApp {
  readonly app: App;
  /** Where the proofs of sealed chains are kept. */
  readonly anchorFile: string;
  /** Aborted when the command is interrupted; the books are then closed in good order. */
  readonly signal: AbortSignal;
  /** Says that the command has come to its end, for which an interruption waits. */
  ended(): void;
  close(): Promise<void>;
}

/**
 * Opens the rooms over the database of the settings: that of `DATABASE_URL`, else the one that the
 * running product has on `DATA_DIR`, else its own, which ends with the command.
 * @throws StartFault
 */
export async function openCommandApp(): Promise<CommandApp> {
  const config = readConfig();
  // Routine news is no part of a command's answer; warnings go to standard error.
  const log = makeLog(
    ['info', 'debug', 'trace'].includes(config.logLevel) ? 'warn' : config.logLevel,
    2,
  );
  drainAtEnd(log, { undone: true });
  const url = await databaseOf(config, log);
  await migrate(url);
  const db = openDatabase(url);
  onDrain('database connections', () => db.close());
  const vault = await openHeldVault(db, config.dataDir, process.env);
  const app = await openApp({ db, vault, log });
  onDrain('rooms', () => app.close(), 30_000);
  const interrupted = new AbortController();
  const ended = Promise.withResolvers<void>();
  onDrain(
    'command',
    () => {
      interrupted.abort();
      return ended.promise;
    },
    30_000,
  );
  return {
    app,
    anchorFile: join(config.dataDir, 'anchors.jsonl'),
    signal: interrupted.signal,
    ended: () => ended.resolve(),
    close: async () => void (await drain('done', log)),
  };
}

async function databaseOf({ databaseUrl, dataDir }: Config, log: Log): Promise<string> {
  if (databaseUrl !== null) {
    prepareDataDir(dataDir);
    return databaseUrl;
  }
  const running = runningPostgres(dataDir);
  if (running !== null) return running;
  const postgres = await launchPostgres({ dataDir, log });
  onDrain('postgres', () => postgres.stop(), 90_000);
  return postgres.url;
}
