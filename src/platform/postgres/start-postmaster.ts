import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartFault } from '../config.ts';
import type { Log } from '../log.ts';
import { clusterBehind } from './ask-server.ts';
import type { Place } from './choose-user.ts';
import { ACCESS_RULES, clusterSettings } from './cluster-settings.ts';
import type { Credentials } from './credentials.ts';
import { CLUSTER } from './os-user.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { isAlive, isTaken, serversIn, signal, waitUntil } from './processes.ts';

/** PostgreSQL's first process: the one that is signalled and whose end is PostgreSQL's end. */
export interface Postmaster {
  readonly pid: number;
  readonly gone: Promise<void>;
}

export interface StartOptions {
  readonly place: Place;
  readonly credentials: Credentials;
  readonly extra: Readonly<Record<string, string>>;
  readonly log: Log;
}

const RECOVERY_LIMIT_MS = 15 * 60_000;
const LOG_FILES_KEPT = 8;

export const clusterOf = (place: Place): string => realpathSync(join(place.folder, CLUSTER));

const pollGone = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await sleep(200, undefined, { ref: false });
};

/** The postmaster that a killed process left running on this cluster, or null. */
export const findOrphan = async (options: StartOptions): Promise<Postmaster | null> => {
  const cluster = clusterOf(options.place);
  const end = performance.now() + RECOVERY_LIMIT_MS;
  while (performance.now() < end) {
    const file = readPostmasterFile(cluster);
    if (file === null || !isAlive(file.pid)) return null;
    if (process.platform === 'linux' && !serversIn(cluster).includes(file.pid)) return null;
    if (file.status === 'ready' && file.port !== null) {
      const credentials = { ...options.credentials, port: file.port };
      const behind = await clusterBehind(credentials);
      if (behind !== null && realpathSync(behind) === cluster) {
        return { pid: file.pid, gone: pollGone(file.pid) };
      }
    }
    await sleep(50);
  }
  throw new StartFault(`PostgreSQL in ${cluster} runs but does not answer. See its log beside it.`);
};

/** Sessions outlive a killed postmaster for a moment, and PostgreSQL will not start before they end. */
const clearRemains = async (cluster: string, log: Log): Promise<void> => {
  const left = (): readonly number[] => serversIn(cluster);
  if (!(await waitUntil(() => left().length === 0, 3000))) {
    log.warn({ pids: left() }, 'ending sessions that outlived PostgreSQL');
    for (const pid of left()) signal(pid, 'SIGQUIT');
    if (!(await waitUntil(() => left().length === 0, 5000))) {
      for (const pid of left()) signal(pid, 'SIGKILL');
      await waitUntil(() => left().length === 0, 5000);
    }
  }
  const file = readPostmasterFile(cluster);
  // A stranger or a zombie has its number by now, and PostgreSQL would take that for itself.
  if (process.platform === 'linux' && file !== null && isTaken(file.pid)) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
  }
};

const sweepLogs = (folder: string): void => {
  const age = (name: string): number => statSync(join(folder, name)).mtimeMs;
  const files = readdirSync(folder).toSorted((a, b) => age(b) - age(a));
  for (const name of files.slice(LOG_FILES_KEPT)) rmSync(join(folder, name), { force: true });
};

const logFolderOf = (place: Place): string => join(place.folder, 'postgres-log');

const confOf = ({ place, credentials, extra }: StartOptions): string =>
  clusterSettings({ port: credentials.port, logFolder: logFolderOf(place), extra });

/** Whether a running PostgreSQL was started with the settings that it would be started with now. */
export const settingsAreCurrent = (options: StartOptions): boolean =>
  readFileSync(join(clusterOf(options.place), 'postgresql.conf'), 'utf8') === confOf(options);

const prepare = (options: StartOptions): string => {
  const { place } = options;
  const cluster = clusterOf(place);
  const logFolder = logFolderOf(place);
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  sweepLogs(logFolder);
  const conf = join(cluster, 'postgresql.conf');
  writeFileSync(conf, confOf(options), { mode: 0o600 });
  writeFileSync(join(cluster, 'pg_hba.conf'), ACCESS_RULES, { mode: 0o600 });
  const startLog = join(place.folder, 'postgres-start.log');
  writeFileSync(startLog, '', { mode: 0o600 });
  for (const path of [logFolder, conf, join(cluster, 'pg_hba.conf'), startLog]) place.give(path);
  return startLog;
};

/** A process group of its own: Ctrl-C must reach PostgreSQL after our own work has drained. */
const spawnPostgres = (place: Place, startLog: string): ChildProcess => {
  const { file, args, options } = place.command(place.programs.postgres, ['-D', clusterOf(place)]);
  const out = openSync(startLog, 'a', 0o600);
  try {
    const child = spawn(file, args, { ...options, detached: true, stdio: ['ignore', out, out] });
    child.unref();
    return child;
  } finally {
    closeSync(out);
  }
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });

const whyNot = (startLog: string, logFolder: string): string => {
  const newest = readdirSync(logFolder).toSorted().at(-1);
  const texts = [startLog, ...(newest ? [join(logFolder, newest)] : [])];
  return texts
    .flatMap((path) => readFileSync(path, 'utf8').trim().split('\n').slice(-6))
    .filter((line) => /FATAL|PANIC|ERROR|HINT|DETAIL|error|could not/.test(line))
    .join(' | ');
};

/** Starts PostgreSQL on the cluster and waits until it answers; recovery after a crash included. */
export const startPostmaster = async (options: StartOptions): Promise<Postmaster> => {
  const { place, credentials, log } = options;
  const cluster = clusterOf(place);
  await clearRemains(cluster, log);
  const startLog = prepare(options);
  const child = spawnPostgres(place, startLog);
  const gone = ended(child);
  let running = true;
  child.once('exit', () => (running = false)).once('error', () => (running = false));
  const end = performance.now() + RECOVERY_LIMIT_MS;
  while (running && performance.now() < end) {
    const file = readPostmasterFile(cluster);
    if (file?.pid === child.pid && file?.status === 'ready') {
      const behind = await clusterBehind(credentials);
      if (behind !== null) return { pid: file.pid, gone };
    }
    await sleep(20);
  }
  if (running && child.pid !== undefined) signal(child.pid, 'SIGINT');
  const why = whyNot(startLog, logFolderOf(place));
  throw new StartFault(`PostgreSQL did not start in ${place.folder}. ${why}`);
};
