import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StartFault } from '../config.ts';

const fault = (folder: string, what: string, fix: string): StartFault =>
  new StartFault(`DATA_DIR: ${folder} ${what}. ${fix}`, 2);

const another = 'Give another folder, for example DATA_DIR=./data-2.';

/** Made by root in a user's folder, the data belongs to that user, who may start the product next. */
const leaveToOwner = (folder: string): void => {
  const { uid, gid } = statSync(dirname(folder));
  if (process.getuid?.() === 0 && uid !== 0) chownSync(folder, uid, gid);
};

const makeFolder = (folder: string): void => {
  const absent = !existsSync(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (absent) leaveToOwner(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw fault(folder, 'is not a folder', another);
    throw fault(folder, `cannot be created (${code})`, another);
  }
};

/**
 * Makes the data folder if it is absent and closes it to everybody but its owner (mode 0700).
 * Throws a StartFault when it is a file, cannot be written to, or stands open and is not ours.
 */
export const prepareDataDir = (folder: string): void => {
  makeFolder(folder);
  const { mode, uid } = statSync(folder);
  const open = (mode & 0o077) !== 0;
  const own = process.getuid === undefined || [0, uid].includes(process.getuid());
  if (open && !own) {
    const filled = readdirSync(folder).length > 0 ? 'holds files, ' : '';
    throw fault(folder, `${filled}belongs to another user and is open to others`, another);
  }
  try {
    if (open && process.platform !== 'win32') chmodSync(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw fault(folder, 'cannot be written to by this user', another);
  }
};
