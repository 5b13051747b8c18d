import { spawnSync } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import type { Log } from '../log.ts';
import { accounts, folderFor, isElsewhere, osUser, programsFor, runs } from './os-user.ts';
import type { User } from './os-user.ts';
import type { Programs } from './programs.ts';

/** Where PostgreSQL's files stand and as whom its programs run: it refuses to run as root. */
export interface Place {
  /** The folder that holds the cluster, its log and its start log. */
  readonly folder: string;
  readonly programs: Programs;
  /** The command and options that run one of the programs as the chosen user. */
  command(program: string, args: readonly string[]): Command;
  /** Gives a file to the user that PostgreSQL runs as. */
  give(path: string): void;
}

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
}

const plain = (folder: string, programs: Programs): Place => ({
  folder,
  programs,
  command: (file, args) => ({ file, args, options: { env: { ...process.env, ...programs.env } } }),
  give: () => undefined,
});

const asUser = (folder: string, programs: Programs, { uid, gid }: User): Place => ({
  folder,
  programs,
  command: (file, args) => ({
    file,
    args,
    options: { uid, gid, cwd: folder, env: { ...process.env, ...programs.env } },
  }),
  give: (path) => chownSync(path, uid, gid),
});

/** Root takes an ordinary user's number inside a namespace of its own; on disk the files stay root's. */
const inNamespace = (folder: string, programs: Programs): Place | null => {
  const known = accounts();
  // initdb looks its user up by number, so the number must stand in /etc/passwd.
  const uid = (known.find((account) => account.uid === 1000) ?? known[0])?.uid;
  if (uid === undefined || process.platform !== 'linux') return null;
  const wrap = ['--user', `--map-user=${uid}`, `--map-group=${uid}`, '--'];
  const place: Place = {
    ...plain(folder, programs),
    command: (file, args) => ({
      file: 'unshare',
      args: [...wrap, file, ...args],
      options: { env: { ...process.env, ...programs.env } },
    }),
  };
  const script = 'test -w "$1" && "$2" --version && test "$(id -u)" != 0';
  const probe = place.command('sh', ['-c', script, 'probe', folder, programs.postgres]);
  return spawnSync(probe.file, probe.args, { env: probe.options.env }).status === 0 ? place : null;
};

const asOwner = (dataDir: string, programs: Programs, log: Log): Place | null => {
  const { uid, gid } = statSync(dataDir);
  if (uid === 0) return null;
  const known = accounts().some((account) => account.uid === uid);
  if (!known || !runs({ uid, gid }, 'test', ['-w', dataDir])) return null;
  log.debug({ uid }, 'PostgreSQL runs as the owner of the data folder');
  return asUser(dataDir, programsFor({ uid, gid }, programs), { uid, gid });
};

/**
 * Decides as whom PostgreSQL runs: this user; for root the data folder's owner, else a user
 * namespace, else an OS user of our own with a folder that it may enter.
 */
export const choosePlace = (dataDir: string, programs: Programs, log: Log): Place => {
  if (process.getuid?.() !== 0) return plain(dataDir, programs);
  const owner = isElsewhere(dataDir)
    ? null
    : (asOwner(dataDir, programs, log) ?? inNamespace(dataDir, programs));
  if (owner) return owner;
  const user = osUser(log);
  return asUser(folderFor(user, dataDir, log), programsFor(user, programs), user);
};
