import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../config.ts';
import type { Log } from '../log.ts';
import { createDatabase } from './ask-server.ts';
import { choosePlace } from './choose-user.ts';
import { createCluster } from './create-cluster.ts';
import { freePort, newPassword, readCredentials, urlOf, writeCredentials } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { folderHolder, lockFolder } from './lock-folder.ts';
import { prepareDataDir } from './prepare-folder.ts';
import { signal } from './processes.ts';
import { CLUSTER } from './os-user.ts';
import { findPrograms } from './programs.ts';
import { findOrphan, settingsAreCurrent, startPostmaster } from './start-postmaster.ts';
import type { StartOptions } from './start-postmaster.ts';
import { stopPostmaster } from './stop-postmaster.ts';
import { supervise } from './supervise.ts';
import type { Supervisor, UnexpectedExit } from './supervise.ts';

export type { UnexpectedExit };

export interface LaunchOptions {
  /** Absolute path; created with mode 0700 when absent. */
  readonly dataDir: string;
  readonly log: Log;
  /** PostgreSQL settings over ours. Those that make a commit durable cannot be switched off. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Postgres {
  /** With user and password; stays the same when PostgreSQL is started again. */
  readonly url: string;
  /** Of the postmaster; changes when PostgreSQL is started again. */
  readonly pid: number;
  /** True when a postmaster left behind by a killed process was taken over. */
  readonly adopted: boolean;
  /** Fast shutdown; returns when PostgreSQL has ended and the folder is free. */
  stop(): Promise<void>;
  onExit(told: (exit: UnexpectedExit) => void): void;
}

const credentialsFor = async (dataDir: string, cluster: string): Promise<Credentials> => {
  const kept = readCredentials(dataDir);
  if (kept) return kept;
  if (existsSync(cluster)) {
    throw new StartFault(
      `${join(dataDir, 'postgres.json')} is missing, and with it the database's password. ` +
        'Restore this file from a backup of the data folder.',
    );
  }
  return { port: await freePort(null), password: newPassword() };
};

const begin = async (options: StartOptions, dataDir: string) => {
  const orphan = await findOrphan(options);
  if (orphan && settingsAreCurrent(options)) {
    options.log.info({ pid: orphan.pid }, 'took over the PostgreSQL that was left running');
    return { postmaster: orphan, credentials: options.credentials, adopted: true };
  }
  if (orphan) await stopPostmaster(orphan, options.log);
  for (let attempt = 1; ; attempt += 1) {
    const wish = attempt === 1 ? options.credentials.port : null;
    const credentials = { ...options.credentials, port: await freePort(wish) };
    writeCredentials(dataDir, credentials);
    try {
      const postmaster = await startPostmaster({ ...options, credentials });
      return { postmaster, credentials, adopted: false };
    } catch (error) {
      const taken = String(error).includes('Address already in use');
      if (!taken || attempt === 3) throw error;
    }
  }
};

/** A process that ends without stop() still asks PostgreSQL to shut down in good order. */
const stopAtExit = (supervisor: Supervisor, release: () => void): (() => void) => {
  const atExit = (): void => {
    signal(supervisor.state.postmaster.pid, 'SIGINT');
    release();
  };
  process.on('exit', atExit);
  return () => process.off('exit', atExit);
};

const open = async ({ dataDir, log, settings = {} }: LaunchOptions) => {
  const place = choosePlace(dataDir, findPrograms(dataDir), log);
  const kept = await credentialsFor(dataDir, join(place.folder, CLUSTER));
  writeCredentials(dataDir, kept);
  await createCluster(place, kept.password);
  const options = { place, credentials: kept, extra: settings, log };
  const { postmaster, credentials, adopted } = await begin(options, dataDir);
  await createDatabase(credentials);
  return { supervisor: supervise(postmaster, { ...options, credentials }), credentials, adopted };
};

/**
 * Starts the embedded PostgreSQL on a data folder, creating it the first time, and keeps it
 * running. One process at a time: throws a StartFault that says what to do when another has it.
 */
export const launchPostgres = async (options: LaunchOptions): Promise<Postgres> => {
  prepareDataDir(options.dataDir);
  const lock = lockFolder(options.dataDir);
  try {
    const { supervisor, credentials, adopted } = await open(options);
    const forget = stopAtExit(supervisor, () => lock.release());
    let stopped: Promise<void> | null = null;
    const stop = async (): Promise<void> => {
      await supervisor.stop();
      forget();
      lock.release();
    };
    return {
      url: urlOf(credentials),
      get pid() {
        return supervisor.state.postmaster.pid;
      },
      adopted,
      stop: () => (stopped ??= stop()),
      onExit: (told) => void supervisor.listeners.push(told),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** The address of the PostgreSQL that another running process has launched on this folder, or null. */
export const runningPostgres = (dataDir: string): string | null => {
  const credentials = folderHolder(dataDir) && readCredentials(dataDir);
  return credentials ? urlOf(credentials) : null;
};
