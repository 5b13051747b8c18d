import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '#platform/postgres/write-private';
import type { Text } from '#kernel/refusal';
import { brand, merchants, operator } from './cast.ts';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD = /^password: (\S+)$/m;

function fileOf(dataDir: string): string {
  return join(dataDir, 'logins.txt');
}

/** The logins as kept in the data folder; null before the first start, or where they were removed. */
export function readLogins(dataDir: string): string | null {
  return existsSync(fileOf(dataDir)) ? readFileSync(fileOf(dataDir), 'utf8') : null;
}

/** The one password of the town's people; made at first and kept, with their logins, in DATA_DIR/logins.txt. */
export function townPassword(dataDir: string): string {
  const kept = PASSWORD.exec(readLogins(dataDir) ?? '')?.[1];
  if (kept !== undefined) return kept;
  const password = newPassword();
  keepLogins(dataDir, password, [operator, ...merchants, brand]);
  return password;
}

/** Twelve letters and digits by chance, none of them easily mistaken for another. */
export function newPassword(): string {
  const block = () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)] as string).join('');
  return [block(), block(), block()].join('-');
}

interface OrgLogins {
  readonly code: string;
  readonly name: Text;
  readonly staff: readonly { readonly login: string; readonly role: string }[];
}

/** Keeps the logins of some orgs and their one password in DATA_DIR/logins.txt, for its owner alone. */
export function keepLogins(dataDir: string, password: string, orgs: readonly OrgLogins[]): void {
  const rows = orgs.flatMap(({ code, name, staff }) =>
    staff.map(
      ({ login, role }) => `${code.padEnd(13)} ${login.padEnd(10)} ${role.padEnd(17)} ${name.en}`,
    ),
  );
  const head = `${'org'.padEnd(13)} ${'login'.padEnd(10)} ${'role'.padEnd(17)} name`;
  const lines = [`password: ${password}`, '', head, ...rows, ''];
  writePrivate(fileOf(dataDir), lines.join('\n'));
}

const keyFile = (dataDir: string) => join(dataDir, 'api-key.txt');

/** The API key of the first merchant, or null. */
export function readApiKey(dataDir: string): string | null {
  return existsSync(keyFile(dataDir)) ? readFileSync(keyFile(dataDir), 'utf8').trim() : null;
}

/** Keeps the API key of the first merchant in DATA_DIR/api-key.txt. */
export function keepApiKey(dataDir: string, secret: string): void {
  writePrivate(keyFile(dataDir), `${secret}\n`);
}
