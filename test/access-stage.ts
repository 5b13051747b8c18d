import type { InjectOptions, Response } from 'light-my-request';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import {
  accessRefusals,
  accessRoutes,
  createStaff,
  hashPassword,
  openAccess,
  permissionSet,
} from '#access';
import type { Role } from '#access';
import type { Ctx } from '#platform/context';
import { buildServer } from '#platform/http/server';
import type { Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { asOwner, freshDatabase } from './database.ts';
import type { FreshDatabase } from './database.ts';

export const PASSWORD = 'open sesame 1';
export const HOUR = 3_600_000;

const orgByCode = (code: string) =>
  Promise.resolve(code === 'lanting' ? 7 : code === 'other' ? 8 : null);

/**
 * A server with the access room alone, for one test file: org 7 ("lanting") with owner, manager and
 * cashier, org 8 ("other") with an owner. Each test begins an hour later in a new process.
 */
export class AccessStage {
  db!: FreshDatabase;
  server: Server | undefined;
  clockMs = Date.UTC(2026, 10, 21, 8);
  #served = 0;
  #passwordHash = '';

  constructor() {
    beforeAll(async () => {
      this.db = await freshDatabase();
      this.#passwordHash = await hashPassword(PASSWORD);
      await this.hire(7, 'owner', 'owner');
      await this.hire(7, 'manager', 'manager');
      await this.hire(7, 'cashier', 'cashier');
      await this.hire(8, 'owner', 'owner');
    });
    beforeEach(async () => {
      this.clockMs += HOUR;
      await this.restart();
    });
    afterAll(async () => {
      await this.server?.app.close();
      await this.db?.drop();
    });
  }

  readonly now = () => new Date(this.clockMs);

  routes() {
    return accessRoutes(openAccess(this.db, orgByCode, this.now));
  }

  /** A new process over the same database: nothing remembered, no limit used up. */
  async restart(): Promise<void> {
    await this.server?.app.close();
    const room = openAccess(this.db, orgByCode, this.now);
    this.server = await buildServer({
      routes: accessRoutes(room),
      authenticate: room.bearers.authenticate,
      clockOf: this.now,
      permissions: permissionSet,
      refusals: accessRefusals,
      digest: openVault(Buffer.alloc(32, 3)).digest,
      log: silentLog(),
      version: '0',
      ping: () => Promise.resolve(),
      checkReplies: true,
    });
  }

  systemOf(org: number): Ctx {
    const scopes = new Set<string>();
    const principal = {
      kind: 'system',
      id: 'seed',
      name: 'seed',
      org,
      scopes,
      stores: 'all',
    } as const;
    return { org, principal, now: this.now(), requestId: 'r', locale: 'en' };
  }

  hire(org: number, login: string, role: Role, stores: string[] | null = null) {
    const staff = { login, name: login, passwordHash: this.#passwordHash, role, stores };
    return this.db.transact([org], (tx) => createStaff(tx, this.systemOf(org), staff));
  }

  send(
    token: string,
    method: string,
    url: string,
    payload?: object,
    key?: string,
  ): Promise<Response> {
    const headers = {
      'accept-language': 'en',
      'idempotency-key': key ?? `k${++this.#served}`,
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const request = { method, url, headers, ...(payload && { payload }) } as InjectOptions;
    return (this.server as Server).app.inject(request);
  }

  signIn(login: string, password = PASSWORD, org = 'lanting'): Promise<Response> {
    return this.send('', 'POST', '/v1/session', { org, login, password });
  }

  async tokenOf(login: string, org = 'lanting'): Promise<string> {
    const response = await this.signIn(login, PASSWORD, org);
    expect(response.statusCode, response.body).toBe(201);
    return response.json<{ token: string }>().token;
  }

  async auditedVerbs(): Promise<string[]> {
    const rows = await asOwner<{ verb: string }>(
      this.db.url,
      'select distinct verb from platform.audit order by 1',
    );
    return rows.map((row) => row.verb);
  }
}

/** Status and code of an answer. */
export function outcome(response: Response): [number, string | undefined] {
  return [response.statusCode, response.json<{ code?: string }>().code];
}
