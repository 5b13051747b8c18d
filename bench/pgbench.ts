import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const REFERENCE = 'pgbench -i -s 20, -M prepared -c 8 -j 2';

/** Where Debian's postgresql packages put pgbench; undefined if none is installed. */
export function findPgbench(): string | undefined {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base) : [];
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(base, version, 'bin', 'pgbench'))
    .find((path) => existsSync(path));
}

/** @throws Error that says how to install it */
export function needPgbench(): string {
  const found = findPgbench();
  if (!found) throw new Error('pgbench is missing; install it with: apt-get install postgresql-15');
  return found;
}

/** Fills a database for pgbench. @param url of that database */
export async function initPgbench(pgbench: string, url: string): Promise<void> {
  await output(pgbench, ['-i', '-s', '20', '-q', '-d', url]);
}

/** Transactions per second of the reference. */
export async function runPgbench(pgbench: string, url: string, seconds: number): Promise<number> {
  const text = await output(pgbench, [
    '-M',
    'prepared',
    '-c',
    '8',
    '-j',
    '2',
    '-T',
    String(seconds),
    '-n',
    '-d',
    url,
  ]);
  const tps = /tps = ([\d.]+)/.exec(text)?.[1];
  if (tps === undefined) throw new Error(`pgbench printed no tps:\n${text}`);
  return Number(tps);
}

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${program} ended with ${code}:\n${text}`)),
    );
  });
}
