import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartFault } from '../config.ts';
import type { Place } from './choose-user.ts';
import { SUPERUSER } from './credentials.ts';
import { CLUSTER } from './os-user.ts';

const run = (place: Place, args: readonly string[]): Promise<void> =>
  new Promise((done, fail) => {
    const { file, args: words, options } = place.command(place.programs.initdb, args);
    const child = spawn(file, words, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('error', fail);
    child.once('close', (code) => {
      if (code === 0) return done();
      fail(
        new StartFault(`PostgreSQL could not create its files in ${place.folder}: ${said.trim()}`),
      );
    });
  });

/** A rename is durable once its folder is. */
const syncFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
};

const sweep = (folder: string): void => {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(`${CLUSTER}.new-`))) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
};

/**
 * Creates the cluster aside and renames it when it is whole, so that a process killed in between
 * leaves nothing that looks like a database. UTF-8 throughout, sorted by code point.
 */
export const createCluster = async (place: Place, password: string): Promise<void> => {
  const cluster = join(place.folder, CLUSTER);
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  sweep(place.folder);
  const aside = `${cluster}.new-${process.pid}`;
  const passwordFile = `${aside}.password`;
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    place.give(passwordFile);
    await run(place, [
      `--pgdata=${aside}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ]);
    renameSync(aside, cluster);
    syncFolder(place.folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
};
