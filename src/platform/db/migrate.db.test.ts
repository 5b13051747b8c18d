import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { StartFault } from '#platform/config';
import { asOwner } from '../../../test/database.ts';
import { ensureRoles } from './ensure-roles.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './transact.ts';

const server = inject('databaseUrl');
const undo: string[] = [];
afterAll(async () => {
  for (const sql of undo.toReversed()) await asOwner(server, sql);
});

const fresh = (word: string) => `${word}_${randomBytes(4).toString('hex')}`;

const urlOf = (changes: Partial<Record<'username' | 'password' | 'pathname' | 'port', string>>) =>
  Object.assign(new URL(server), changes).href;

/** A user who may sign in, and a database; the user's own unless said otherwise. */
async function userWithDatabase(attributes: string, owner = true): Promise<[string, string]> {
  const [user, database] = [fresh('user'), fresh('base')];
  await asOwner(server, `create role ${user} login password 'secret-1' ${attributes}`);
  undo.push(`drop role ${user}`);
  await asOwner(server, `create database ${database} ${owner ? `owner ${user}` : ''}`);
  undo.push(`drop database ${database} with (force)`);
  return [user, urlOf({ username: user, password: 'secret-1', pathname: `/${database}` })];
}

async function faultOf(url: string): Promise<string> {
  const error = await migrate(url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartFault);
  const { message, exitCode } = error as StartFault;
  expect(exitCode).toBe(1);
  expect(message).not.toMatch(/\n|secret|-1$/);
  return message;
}

test.each([
  // what is wrong      address                                          what is said
  ['the password', () => urlOf({ password: 'secret' }), /password of the user tillback\. Correct/],
  ['the database', () => urlOf({ pathname: '/nowhere' }), /no database nowhere.*CREATE DATABASE/],
  ['the port', () => urlOf({ port: '1' }), /no PostgreSQL answers at 127.0.0.1:1 .*Start it there/],
  ['the host', () => 'postgres://u:secret@nowhere.invalid/d', /host nowhere\.invalid is not known/],
])('where %s is wrong, one sentence says so and what to do', async (_what, url, said) => {
  expect(await faultOf(url())).toMatch(said);
});

test('who may not make schemas in the database is told how to get it', async () => {
  const [user, url] = await userWithDatabase('', false);
  expect(await faultOf(url)).toMatch(
    new RegExp(`${user} may not change the database .* ALTER DATABASE base_\\w+ OWNER TO ${user};`),
  );
});

test('a user who may not grant the roles is told what a superuser must run; after that it starts', async () => {
  await migrate(
    urlOf({ pathname: `/${new URL((await userWithDatabase(''))[1]).pathname.slice(1)}` }),
  );
  const [user, url] = await userWithDatabase('');
  const grant = `GRANT tillback_app, tillback_sweep TO ${user};`;
  expect((await faultOf(url)).endsWith(`run: ${grant}`)).toBe(true);
  await asOwner(server, grant);
  expect((await migrate(url)).length).toBeGreaterThan(0);
  const db = openDatabase(url);
  expect(await db.read([], (tx) => tx.query('select current_user::text as role'))).toEqual([
    { role: 'tillback_app' },
  ]);
  await db.close();
});

test('a user who may make roles makes them and may act as them', async () => {
  const [user, url] = await userWithDatabase('createrole');
  const roles = [fresh('one'), fresh('two')];
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const _again of [1, 2]) await ensureRoles(client, roles);
  for (const role of roles) await client.query(`set role ${role}`);
  await client.end();
  for (const role of roles) undo.push(`drop role ${role}`);
  const [other, otherUrl] = await userWithDatabase('createrole');
  const second = new pg.Client({ connectionString: otherUrl });
  await second.connect();
  await expect(ensureRoles(second, roles)).rejects.toThrow(
    `GRANT ${roles.join(', ')} TO ${other};`,
  );
  await second.end();
  expect(user).not.toBe(other);
});

test('the walls are built anew when their text has changed, and only then', async () => {
  const [, url] = await userWithDatabase('superuser');
  await migrate(url);
  const drop = 'drop policy org_wall on platform.idem';
  const walls = () =>
    asOwner(url, "select from pg_policies where tablename = 'idem' and policyname = 'org_wall'");
  await asOwner(url, drop);
  expect(await migrate(url)).toEqual([]);
  expect(await walls()).toHaveLength(0);
  await asOwner(url, "update platform.migration set sha256 = '\\x00' where name = 'secure.sql'");
  expect(await migrate(url)).toEqual([]);
  expect(await walls()).toHaveLength(1);
});
