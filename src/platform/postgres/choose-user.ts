import { spawnSync } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../config.ts';
import type { Log } from '../log.ts';
import { programsAt } from './programs.ts';
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

interface User {
  readonly uid: number;
  readonly gid: number;
}

const OS_USER = 'tillback';
const HOME = '/var/lib/tillback';
/** A link in the data folder to where the cluster stands when PostgreSQL's user cannot enter. */
const ELSEWHERE = 'postgres-is-in';
/** The folder of the cluster, PostgreSQL's own data directory. */
export const CLUSTER = 'postgres';

const isElsewhere = (dataDir: string): boolean =>
  lstatSync(join(dataDir, ELSEWHERE), { throwIfNoEntry: false }) !== undefined;

interface Account extends User {
  readonly name: string;
}

const accounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }))
    .filter(({ uid }) => uid > 0);

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

const runs = (user: User, file: string, args: readonly string[]): boolean =>
  spawnSync(file, args, { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;

const osUser = (log: Log): User => {
  const find = (): Account | undefined => accounts().find(({ name }) => name === OS_USER);
  const found = find();
  if (found) return found;
  const shell = existsSync('/usr/sbin/nologin') ? '/usr/sbin/nologin' : '/bin/false';
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', shell, OS_USER]);
  const made = find();
  if (made) {
    log.info(`created the OS user ${OS_USER}, as PostgreSQL refuses to run as root`);
    return made;
  }
  throw new StartFault(
    'PostgreSQL refuses to run as root, and this machine allows neither a user namespace nor a new OS user. ' +
      'Start Tillback as an ordinary user, or set DATABASE_URL to a PostgreSQL server (15 or later).',
  );
};

const openFolder = (path: string, mode: number): void => {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
};

/** A user that may not enter the clone gets a copy of the programs in a folder it may enter. */
const programsFor = (user: User, programs: Programs): Programs => {
  if (runs(user, programs.postgres, ['--version'])) return programs;
  const { mtimeMs, size } = statSync(programs.postgres);
  const copy = join(HOME, `programs-${size}-${Math.trunc(mtimeMs)}`);
  if (!existsSync(copy)) {
    openFolder(HOME, 0o755);
    const aside = join(HOME, `native-${process.pid}`);
    cpSync(programs.root, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(aside, copy);
  }
  return programsAt(join(copy, 'native'), join(copy, 'lib'));
};

const giveTree = (folder: string, { uid, gid }: User): void => {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, name), uid, gid);
  }
};

const folderFor = (user: User, dataDir: string, log: Log): string => {
  chownSync(dataDir, user.uid, user.gid);
  if (runs(user, 'test', ['-w', dataDir])) {
    giveTree(dataDir, user);
    return dataDir;
  }
  chownSync(dataDir, 0, 0);
  if (existsSync(join(dataDir, CLUSTER))) {
    throw new StartFault(
      `PostgreSQL's user ${OS_USER} cannot enter ${dataDir}, and this machine refuses user namespaces. ` +
        `Move the folder to where every user may enter, and give its new path as DATA_DIR.`,
    );
  }
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(HOME, name);
  openFolder(HOME, 0o755);
  openFolder(folder, 0o700);
  chownSync(folder, user.uid, user.gid);
  if (!isElsewhere(dataDir)) symlinkSync(folder, join(dataDir, ELSEWHERE));
  log.info(`the database stands in ${folder}: PostgreSQL's user cannot enter ${dataDir}`);
  return folder;
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
