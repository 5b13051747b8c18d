import { describe, expect, test } from 'vitest';
import { AccessStage, outcome } from '../../test/access-stage.ts';
import { createApiKey } from './create-api-key.ts';

const stage = new AccessStage();

describe('who gets in', () => {
  const ID = '0190b3f0-0000-7000-8000-000000000000';
  const table: [string, string, object?][] = [
    ['GET', '/v1/session'],
    ['DELETE', '/v1/session'],
    ['GET', '/v1/staff'],
    ['POST', '/v1/staff', { login: 'li', name: '李', password: 'twelve letters', role: 'cashier' }],
    ['POST', `/v1/staff/${ID}/disable`],
    ['GET', '/v1/api-keys'],
    ['POST', '/v1/api-keys', { name: 'till', scopes: ['payment.take'] }],
    ['POST', `/v1/api-keys/${ID}/revoke`],
  ];

  test('the table names every operation but sign-in', () => {
    expect(table).toHaveLength(stage.routes().length - 1);
  });

  test.each(table)('%s %s', async (method, url, body) => {
    const token = await stage.tokenOf('cashier');
    const [, mark, random] = token.split('_') as [string, string, string];
    expect(mark).toBe('7');
    expect(outcome(await stage.send('', method, url, body))).toEqual([401, 'token_missing']);
    expect(outcome(await stage.send('nonsense', method, url, body))).toEqual([
      401,
      'token_invalid',
    ]);
    expect(outcome(await stage.send(`tbs_8_${random}`, method, url, body))).toEqual([
      401,
      'token_invalid',
    ]);
    if (url === '/v1/session') return;
    expect(outcome(await stage.send(token, method, url, body))).toEqual([403, 'scope_missing']);
  });

  test('what belongs to another org is not there', async () => {
    const { staff_id } = await stage.hire(7, 'victim', 'cashier');
    const { key } = await stage.db.transact([7], (tx) =>
      createApiKey(tx, stage.systemOf(7), {
        name: 'k',
        scopes: ['offer.read'],
        stores: null,
        expires: null,
      }),
    );
    const other = await stage.tokenOf('owner', 'other');
    expect(outcome(await stage.send(other, 'POST', `/v1/staff/${staff_id}/disable`))).toEqual([
      404,
      'staff_unknown',
    ]);
    expect(outcome(await stage.send(other, 'POST', `/v1/api-keys/${key.key_id}/revoke`))).toEqual([
      404,
      'api_key_unknown',
    ]);
    const list = (await stage.send(other, 'GET', '/v1/staff')).json<{
      items: { login: string }[];
    }>();
    expect(list.items.map((item) => item.login)).toEqual(['owner']);
  });
});
