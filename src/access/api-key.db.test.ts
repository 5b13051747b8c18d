import { describe, expect, test } from 'vitest';
import { AccessStage, HOUR, outcome } from '../../test/access-stage.ts';
import { asOwner } from '../../test/database.ts';
import { createApiKey } from './create-api-key.ts';

const stage = new AccessStage();

describe('API keys', () => {
  test('show their secret once, act within their permissions, and stop when revoked', async () => {
    const owner = await stage.tokenOf('owner');
    const body = { name: 'till', scopes: ['payment.take', 'payment.take'] };
    const made = await stage.send(owner, 'POST', '/v1/api-keys', body, 'key');
    const { secret, key } = made.json<{
      secret: string;
      key: { key_id: string; prefix: string; scopes: string[] };
    }>();
    expect(secret.startsWith(key.prefix)).toBe(true);
    expect(key.scopes).toEqual(['payment.take']);
    expect((await stage.send(owner, 'POST', '/v1/api-keys', body, 'key')).json()).toEqual({
      key,
      secret: null,
    });

    expect((await stage.send(secret, 'GET', '/v1/session')).json()).toMatchObject({
      kind: 'key',
      name: 'till',
      org_id: 7,
    });
    expect(outcome(await stage.send(secret, 'GET', '/v1/staff'))).toEqual([403, 'scope_missing']);
    expect(outcome(await stage.send(secret, 'DELETE', '/v1/session'))).toEqual([
      409,
      'not_a_session',
    ]);
    expect((await stage.send(owner, 'POST', `/v1/api-keys/${key.key_id}/revoke`)).statusCode).toBe(
      200,
    );
    expect(outcome(await stage.send(secret, 'GET', '/v1/session'))).toEqual([401, 'token_invalid']);
    const rows = await asOwner<{ text: string }>(
      stage.db.url,
      'select answer as text from platform.idem union all select after::text from platform.audit',
    );
    expect(rows.some(({ text }) => text?.includes(secret.slice(14)))).toBe(false);
  });

  test.each([
    ['a power keys never have', { scopes: ['key.manage'] }, 422, 'invalid_request'],
    ['a permission the owner lacks', { scopes: ['merchant.manage'] }, 403, 'grant_beyond_yours'],
    ['no permission', { scopes: [] }, 422, 'invalid_request'],
    ['an expiry that is past', { expires_at: '2020-01-01T00:00:00Z' }, 422, 'expiry_past'],
    ['a good wish', {}, 201, undefined],
  ])('asked for with %s', async (_name, over, status, code) => {
    const body = { name: 'till', scopes: ['payment.take'], ...over };
    expect(
      outcome(await stage.send(await stage.tokenOf('owner'), 'POST', '/v1/api-keys', body)),
    ).toEqual([status, code]);
  });

  test('expire', async () => {
    const expires = new Date(stage.clockMs + HOUR);
    const { secret } = await stage.db.transact([7], (tx) =>
      createApiKey(tx, stage.systemOf(7), {
        name: 'k',
        scopes: ['offer.read'],
        stores: null,
        expires,
      }),
    );
    expect((await stage.send(secret, 'GET', '/v1/session')).statusCode).toBe(200);
    stage.clockMs += HOUR;
    await stage.restart();
    expect((await stage.send(secret, 'GET', '/v1/session')).statusCode).toBe(401);
  });
});

test('every write left its audit record', async () => {
  expect(await stage.auditedVerbs()).toEqual(
    expect.arrayContaining(['access.create-api-key', 'access.revoke-api-key']),
  );
});
