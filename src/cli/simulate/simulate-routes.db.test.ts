import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '#access';
import { newId } from '#kernel/ids';
import { orgByCode } from '#merchants';
import { pause } from '#platform/clock';
import type { Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts';
import { type App, openApp } from '../../app.ts';
import { replayFile } from '../replay/replay-file.ts';
import { systemCtx } from '../system-ctx.ts';

const SMALL = fileURLToPath(
  new URL('../../../sim/tickets/online-retail-small.csv.gz', import.meta.url),
);

let db: FreshDatabase;
let app: App;
let server: Server;
let org: number;
let token: string;

beforeAll(async () => {
  db = await freshDatabase();
  app = await openApp({
    db,
    vault: openVault(Buffer.alloc(32, 7)),
    log: silentLog(),
    jobsUrl: db.url,
    checkReplies: true,
  });
  await replayFile(app, { file: SMALL });
  org = (await orgByCode(db, 'replay-online-retail-small'))!.id;
  const scopes = ['offer.read', 'offer.write', 'offer.publish', 'report.read'] as const;
  const ctx = systemCtx(org, 'test', app.clocks.now(org));
  const key = await db.transact([org], (tx) =>
    createApiKey(tx, ctx, { name: 'till', scopes, stores: null, expires: null }),
  );
  token = key.secret;
  server = await app.server('0');
}, 120_000);
afterAll(async () => {
  await server?.app.close();
  await app?.close();
  await db?.drop();
});

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const reply = await server.app.inject({
    method,
    url,
    ...(payload && { payload }),
    headers: {
      authorization: `Bearer ${token}`,
      ...(method !== 'GET' && { 'idempotency-key': newId() }),
    },
  });
  return { status: reply.statusCode, body: reply.json() };
}

async function ended(id: string) {
  for (let left = 200; left > 0; left--) {
    const { body } = await ask('GET', `/v1/simulations/${id}`);
    if (body.state !== 'queued' && body.state !== 'running') return body;
    await pause(100);
  }
  throw new Error('the simulation did not end');
}

const definition = {
  code: 'TEN-OFF',
  name: { zh: '满 300 减 30', en: '30 off above 300' },
  schedule: { from: '2026-12-01', to: '2026-12-31' },
  audience: { members_only: true },
  benefits: [{ kind: 'discount', off: { by: 'amount', amount: 3_000 }, spend: 30_000 }],
};

describe('a simulation', () => {
  test('is carried out in the background and says what it found', async () => {
    const { status, body } = await ask('POST', '/v1/simulations', {
      definition,
      from: '2010-12-01',
      to: '2011-12-31',
    });
    expect(status, JSON.stringify(body)).toBe(202);
    expect(body).toMatchObject({ state: 'queued', code: 'TEN-OFF', offer_id: null });
    const done = await ended(body.simulation_id);
    expect(done.state).toBe('done');
  });
});
