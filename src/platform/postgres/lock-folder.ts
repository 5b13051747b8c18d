import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../config.ts';
import { birthOf } from './processes.ts';
import { writePrivate } from './write-private.ts';

export interface FolderLock {
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly birth: string | null;
  readonly command: string;
}

const parse = (text: string): Holder | null => {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return null;
  }
};

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartFault(`The lock ${file} of the data folder cannot be read: ${String(error)}`);
  }
};

const holds = (holder: Holder | null): holder is Holder =>
  holder !== null && holder.birth !== null && birthOf(holder.pid) === holder.birth;

const commandLine = (): string => {
  const words = process.argv.slice(1).map((word) => word.replace(`${process.cwd()}/`, ''));
  return words.join(' ').slice(0, 120);
};

/** The lock appears whole or not at all: it is written aside and linked to its name. */
const create = (file: string, text: string): boolean => {
  const aside = `${file}.${process.pid}`;
  writePrivate(aside, text);
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
};

/** Takes away a dead owner's lock; when another start was quicker, its new lock is put back. */
const clear = (file: string, stale: string): void => {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) linkSync(aside, file);
  } catch {
    // Another start has cleared it: the next round of the loop sees who won.
  }
  rmSync(aside, { force: true });
};

/** The running process that has opened this data folder, or null. */
export const folderHolder = (folder: string): { pid: number; command: string } | null => {
  const holder = parse(read(join(folder, 'lock')) ?? '');
  return holds(holder) ? { pid: holder.pid, command: holder.command } : null;
};

/**
 * Makes this process the only one that has the data folder open. A lock left by a process that is
 * gone is taken over. Throws a StartFault that names the process which holds it.
 */
export const lockFolder = (folder: string): FolderLock => {
  const file = join(folder, 'lock');
  const self: Holder = { pid: process.pid, birth: birthOf(process.pid), command: commandLine() };
  const text = `${JSON.stringify(self)}\n`;
  while (!create(file, text)) {
    const found = read(file);
    if (found === null) continue;
    const holder = parse(found);
    if (holds(holder)) {
      throw new StartFault(
        `The data folder ${folder} is already in use by process ${holder.pid} (${holder.command}). ` +
          `Stop that process first (kill ${holder.pid}), or start this one with a folder and a port ` +
          `of its own, for example DATA_DIR=./data-2 PORT=8081.`,
      );
    }
    clear(file, found);
  }
  return {
    release() {
      if (read(file) === text) rmSync(file, { force: true });
    },
  };
};
