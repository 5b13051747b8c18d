import { spawnSync } from 'node:child_process';
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

export interface User {
  readonly uid: number;
  readonly gid: number;
}

const OS_USER = 'tillback';
const HOME = '/var/lib/tillback';
/** A link in the data folder to where the cluster stands when PostgreSQL's user cannot enter. */
const ELSEWHERE = 'postgres-is-in';
/** The folder of the cluster, PostgreSQL's own data directory. */
export const CLUSTER = 'postgres';

/** Whether the cluster stands outside the data folder. */
export const isElsewhere = (dataDir: string): boolean =>
  lstatSync(join(dataDir, ELSEWHERE), { throwIfNoEntry: false }) !== undefined;

interface Account extends User {
  readonly name: string;
}

/** The ordinary users that the machine knows. */
export const accounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map((fields) => ({ name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) }))
    .filter(({ uid }) => uid > 0);

/** Whether the user can run a program to a good end. */
export const runs = (user: User, file: string, args: readonly string[]): boolean =>
  spawnSync(file, args, { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;

/** The OS user of our own, made when it is missing. */
export const osUser = (log: Log): User => {
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
export const programsFor = (user: User, programs: Programs): Programs => {
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

/** A folder that the user may enter: the data folder, else one of its own below /var/lib. */
export const folderFor = (user: User, dataDir: string, log: Log): string => {
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
