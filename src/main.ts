import { join } from 'node:path';
import { dayOf } from '#kernel/day';
import { realNow, steadyMs } from '#platform/clock';
import { type Config, readConfig, StartFault } from '#platform/config';
import { migrate } from '#platform/db/migrate';
import { openDatabase } from '#platform/db/transact';
import { drainAtEnd, onDrain } from '#platform/drain';
import { isPortTaken } from '#platform/http/port-taken';
import { type Log, makeLog } from '#platform/log';
import { launchPostgres } from '#platform/postgres/launch';
import { lockFolder } from '#platform/postgres/lock-folder';
import { prepareDataDir } from '#platform/postgres/prepare-folder';
import { openHeldVault } from '#platform/vault/open-held';
import { recountArrivals } from '#rewards';
import { type App, openApp } from './app.ts';
import { ZONE } from './cli/town/build-town.ts';
import { foundOperator } from './cli/first-operator.ts';
import { seedTown, wantsTown } from './cli/town/seed-town.ts';
import { welcomeText } from './cli/town/welcome.ts';
import { VERSION } from './cli/version.ts';

/** Starts the product: database, schema, rooms, town, HTTP. What is opened last is drained first. */
async function main(): Promise<void> {
  const began = steadyMs();
  const config = readConfig();
  const { host, dataDir } = config;
  if (await isPortTaken(config.port, host)) throw portTaken(config);
  const log = makeLog(config.logLevel);
  drainAtEnd(log);
  const url = await databaseOf(config, log);
  await migrate(url);
  const db = openDatabase(url);
  onDrain('database connections', () => db.close());
  const vault = await openHeldVault(db, dataDir, process.env);
  const app = await openApp({
    db,
    vault,
    log,
    trustProxy: config.trustProxy,
    anchorFile: join(dataDir, 'anchors.jsonl'),
    jobsUrl: url,
  });
  onDrain('rooms', () => app.close(), 30_000);
  await recountArrivals(db, async (org) => (await app.orgs.get(org)).value.org.zone);
  const seeded =
    config.seed === 'town'
      ? await seeding(app, dataDir)
      : await foundOperator(app, config.operator, dataDir);
  const server = await app.server(VERSION);
  onDrain('http', async () => {
    server.drain();
    await server.app.close();
  });
  await server.app.listen({ port: config.port, host }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? portTaken(config) : error;
  });
  const address = server.app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const seconds = (steadyMs() - began) / 1000;
  process.stdout.write(`${welcomeText({ host, port, dataDir, seeded, seconds })}\n`);
}

async function databaseOf(config: Config, log: Log): Promise<string> {
  if (config.databaseUrl === null) {
    const postgres = await launchPostgres({ dataDir: config.dataDir, log });
    onDrain('postgres', () => postgres.stop(), 90_000);
    return postgres.url;
  }
  prepareDataDir(config.dataDir);
  const lock = lockFolder(config.dataDir);
  process.on('exit', () => lock.release());
  return config.databaseUrl;
}

/** Makes the town where there is none, or goes on with one that was interrupted. */
async function seeding(app: App, dataDir: string): Promise<boolean> {
  if (!(await wantsTown(app))) return false;
  const tty = process.stderr.isTTY;
  const stop = new AbortController();
  const stopped = Promise.withResolvers<void>();
  onDrain('town', () => {
    stop.abort();
    return stopped.promise;
  });
  process.stderr.write('Making a small town and letting it trade for 30 days ...\n');
  try {
    await seedTown(app, {
      dataDir,
      today: dayOf(realNow(), ZONE),
      signal: stop.signal,
      onProgress(day, done, of) {
        if (tty) process.stderr.write(`\r  ${day}  day ${done + 1} of ${of}`);
        else if (done % 10 === 0) process.stderr.write(`  ${day}  day ${done + 1} of ${of}\n`);
      },
    });
  } finally {
    stopped.resolve();
  }
  if (tty) process.stderr.write('\n');
  return true;
}

function portTaken({ port, host }: Config): StartFault {
  return new StartFault(
    `PORT: ${port} on ${host} is taken by another program. Stop that one, or give another port, for example PORT=${port + 1}.`,
  );
}

try {
  await main();
} catch (error) {
  if (error instanceof DOMException && error.name === 'AbortError') await new Promise(() => {});
  if (!(error instanceof StartFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.exitCode);
}
