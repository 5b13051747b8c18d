import { describe, expect, test } from 'vitest';
import { AccessStage, outcome } from '../../test/access-stage.ts';

const stage = new AccessStage();

describe('staff', () => {
  const li = { login: 'li', name: '李', password: 'twelve letters', role: 'cashier' };

  test('are created once per key, sign in, and are gone at once when disabled', async () => {
    const owner = await stage.tokenOf('owner');
    const first = await stage.send(owner, 'POST', '/v1/staff', li, 'once');
    expect(first.statusCode).toBe(201);
    const again = await stage.send(owner, 'POST', '/v1/staff', li, 'once');
    expect([again.statusCode, again.body, again.headers['idempotency-replayed']]).toEqual([
      201,
      first.body,
      'true',
    ]);
    expect(
      outcome(await stage.send(owner, 'POST', '/v1/staff', { ...li, name: 'Li' }, 'once')),
    ).toEqual([409, 'idempotency_conflict']);
    expect(outcome(await stage.send(owner, 'POST', '/v1/staff', li))).toEqual([409, 'login_taken']);

    const session = (await stage.signIn('li', li.password)).json<{ token: string }>().token;
    expect((await stage.send(session, 'GET', '/v1/session')).statusCode).toBe(200);
    const { staff_id } = first.json<{ staff_id: string }>();
    expect((await stage.send(owner, 'POST', `/v1/staff/${staff_id}/disable`)).statusCode).toBe(200);
    expect((await stage.send(session, 'GET', '/v1/session')).statusCode).toBe(401);
    expect(outcome(await stage.signIn('li', li.password))).toEqual([401, 'sign_in_failed']);
  });

  test('the same request twice at once makes one person and one answer', async () => {
    const owner = await stage.tokenOf('owner');
    const twin = { ...li, login: 'twin' };
    const [a, b] = await Promise.all(
      [1, 2].map(() => stage.send(owner, 'POST', '/v1/staff', twin, 'twins')),
    );
    expect([a?.statusCode, b?.statusCode]).toEqual([201, 201]);
    expect(a?.body).toBe(b?.body);
  });

  test.each([
    ['an owner', { role: 'owner' }, 403, 'grant_beyond_yours'],
    ['an operator', { role: 'operator_admin' }, 403, 'grant_beyond_yours'],
    ['a marketer', { role: 'marketer' }, 403, 'grant_beyond_yours'],
    ['an unknown role', { role: 'king' }, 422, 'invalid_request'],
    ['a short password', { password: '1234567' }, 422, 'invalid_request'],
    ['an odd login', { login: 'li li' }, 422, 'invalid_request'],
    ['an unknown field', { salary: 1 }, 422, 'invalid_request'],
    ['a cashier', { login: 'hired' }, 201, undefined],
  ])('a manager who creates %s', async (_name, over, status, code) => {
    const manager = await stage.tokenOf('manager');
    expect(outcome(await stage.send(manager, 'POST', '/v1/staff', { ...li, ...over }))).toEqual([
      status,
      code,
    ]);
  });

  test('nobody hands out stores that are not theirs, or disables themselves or their betters', async () => {
    const store = '0190b3f0-0000-7000-8000-00000000000a';
    await stage.hire(7, 'branch', 'manager', [store]);
    const branch = await stage.tokenOf('branch');
    const create = (login: string, stores: string[] | null) =>
      stage.send(branch, 'POST', '/v1/staff', { ...li, login, stores }).then(outcome);
    expect(await create('b1', null)).toEqual([403, 'grant_beyond_yours']);
    expect(await create('b2', ['0190b3f0-0000-7000-8000-00000000000b'])).toEqual([
      403,
      'grant_beyond_yours',
    ]);
    expect(await create('b3', [store])).toEqual([201, undefined]);
    const owner = await stage.tokenOf('owner');
    const me = (await stage.send(owner, 'GET', '/v1/session')).json<{ id: string }>().id;
    expect(outcome(await stage.send(owner, 'POST', `/v1/staff/${me}/disable`))).toEqual([
      409,
      'staff_is_you',
    ]);
    expect(outcome(await stage.send(branch, 'POST', `/v1/staff/${me}/disable`))).toEqual([
      403,
      'grant_beyond_yours',
    ]);
  });

  test('are listed page by page', async () => {
    const owner = await stage.tokenOf('owner');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const url: string = `/v1/staff?limit=3${cursor && `&cursor=${cursor}`}`;
      const page: { items: { login: string }[]; next_cursor: string | null } = (
        await stage.send(owner, 'GET', url)
      ).json();
      seen.push(...page.items.map((item) => item.login));
      cursor = page.next_cursor;
    }
    expect(seen.slice(0, 3)).toEqual(['owner', 'manager', 'cashier']);
    expect(new Set(seen).size).toBe(seen.length);
    expect(outcome(await stage.send(owner, 'GET', '/v1/api-keys?limit=201'))).toEqual([
      422,
      'invalid_request',
    ]);
    expect(outcome(await stage.send(owner, 'GET', '/v1/staff?cursor=abc'))).toEqual([
      400,
      'cursor_malformed',
    ]);
  });
});

test('every write left its audit record', async () => {
  expect(await stage.auditedVerbs()).toEqual(
    expect.arrayContaining(['access.create-staff', 'access.disable-staff']),
  );
});
