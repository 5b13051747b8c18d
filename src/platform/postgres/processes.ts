import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const readOr = (path: string, otherwise: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
};

/** The fields of /proc/<pid>/stat after the command, which may itself hold spaces and brackets. */
const statOf = (pid: number): readonly string[] => {
  const stat = readOr(`/proc/${pid}/stat`, '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** True while the number is taken, be it by a zombie that nobody has reaped. */
export const isTaken = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** True while the process runs. A zombie counts as ended. */
export const isAlive = (pid: number): boolean => {
  if (!isTaken(pid)) return false;
  return process.platform !== 'linux' || !['Z', 'X'].includes(statOf(pid)[0] ?? 'X');
};

/**
 * What tells this process from a later one with the same number: its start and the machine's boot.
 * Null when there is no such process.
 */
export const birthOf = (pid: number): string | null => {
  if (!isAlive(pid)) return null;
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).stdout.trim();
  }
  const boot = readOr('/proc/sys/kernel/random/boot_id', 'unknown-boot').trim();
  return `${statOf(pid)[19] ?? '?'}@${boot}`;
};

/** The processes of PostgreSQL whose working folder is `folder`; only Linux can tell. */
export const serversIn = (folder: string): readonly number[] => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === folder &&
          basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres') &&
          isAlive(pid)
        );
      } catch {
        return false;
      }
    });
};

/** Sends a signal; false when the process is gone already. */
export const signal = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
};

/** Waits until `done` says so; false when it has not within the limit. */
export const waitUntil = async (done: () => boolean, limitMs: number): Promise<boolean> => {
  const end = performance.now() + limitMs;
  while (!done()) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
};
