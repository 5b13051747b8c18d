import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL writes to postmaster.pid in its data directory. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number | null;
  readonly status: 'starting' | 'ready' | 'stopping' | 'standby' | null;
}

/** Reads postmaster.pid; null when there is none. Its lines appear one by one while it starts. */
export const readPostmasterFile = (cluster: string): PostmasterFile | null => {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number(lines[3]);
  const status = (lines[7]?.trim() ?? '') as PostmasterFile['status'] | '';
  return { pid, port: port > 0 ? port : null, status: status === '' ? null : status };
};
