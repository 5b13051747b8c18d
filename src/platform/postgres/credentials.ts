import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { StartFault } from '../config.ts';
import { writePrivate } from './write-private.ts';

/** How this data folder's PostgreSQL is reached; kept in the folder, readable by its owner only. */
export interface Credentials {
  readonly port: number;
  readonly password: string;
}

export const SUPERUSER = 'tillback';
export const DATABASE = 'tillback';

const fileOf = (dataDir: string): string => join(dataDir, 'postgres.json');

export const readCredentials = (dataDir: string): Credentials | null => {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return null;
  try {
    const { port, password } = JSON.parse(readFileSync(file, 'utf8')) as Credentials;
    if (Number.isInteger(port) && typeof password === 'string') return { port, password };
  } catch {
    // Told below, with what to do.
  }
  throw new StartFault(
    `${file} cannot be read. Restore this file from a backup of the data folder.`,
  );
};

export const writeCredentials = (dataDir: string, credentials: Credentials): void =>
  writePrivate(fileOf(dataDir), `${JSON.stringify(credentials)}\n`);

export const newPassword = (): string => randomBytes(24).toString('hex');

const listenOnce = (port: number): Promise<number | null> =>
  new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(null));
    server.listen({ port, host: '127.0.0.1' }, () => {
      const taken = (server.address() as AddressInfo).port;
      server.close(() => settle(taken));
    });
  });

/** A free loopback port: the wished one if nobody has it. */
export const freePort = async (wish: number | null): Promise<number> => {
  const port = (wish === null ? null : await listenOnce(wish)) ?? (await listenOnce(0));
  if (port === null) throw new StartFault('There is no free TCP port on 127.0.0.1.');
  return port;
};

/** The address of a database for a client: user and password included. */
export const urlOf = ({ port, password }: Credentials, database = DATABASE): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
