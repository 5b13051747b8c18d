import { readFileSync } from 'node:fs';
import { openApp } from './app.ts';
import { readConfig, StartFault } from '#platform/config';
import { migrate } from '#platform/db/migrate';
import { openDatabase } from '#platform/db/transact';
import { drainAtEnd, onDrain } from '#platform/drain';
import { type Log, makeLog } from '#platform/log';
import { launchPostgres } from '#platform/postgres/launch';
import { lockFolder } from '#platform/postgres/lock-folder';
import { prepareDataDir } from '#platform/postgres/prepare-folder';
import { loadMasterKey, openVault } from '#platform/vault/field';
import type { Config } from '#platform/config';

const VERSION = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** Starts the product: database, schema, rooms, town, HTTP. What is opened last is drained first. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = makeLog(config.logLevel);
  drainAtEnd(log);
  const url = await databaseOf(config, log);
  await migrate(url);
  const db = openDatabase(url);
  onDrain('database connections', () => db.close());
  const vault = openVault(loadMasterKey(config.dataDir, process.env));
  const app = await openApp({ db, vault, log });
  onDrain('rooms', () => app.close(), 30_000);
  const server = await app.server(VERSION);
  onDrain('http', async () => {
    server.drain();
    await server.app.close();
  });
  await server.app.listen({ port: config.port, host: config.host }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? portTaken(config) : error;
  });
}

async function databaseOf(config: Config, log: Log): Promise<string> {
  if (config.databaseUrl === null) {
    const postgres = await launchPostgres({ dataDir: config.dataDir, log });
    onDrain('postgres', () => postgres.stop(), 90_000);
    return postgres.url;
  }
  prepareDataDir(config.dataDir);
  const lock = lockFolder(config.dataDir);
  onDrain('folder', () => lock.release());
  return config.databaseUrl;
}

function portTaken({ port, host }: Config): StartFault {
  return new StartFault(
    `PORT: ${port} on ${host} is taken by another program. Stop that one, or give another port, for example PORT=${port + 1}.`,
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode);
}
