import { describe, expect, test } from 'vitest';
import { AccessStage, HOUR, PASSWORD, outcome } from '../../test/access-stage.ts';
import { asOwner } from '../../test/database.ts';

const stage = new AccessStage();

describe('signing in', () => {
  test('by code or number of the org; says who one is', async () => {
    const token = await stage.tokenOf(' Cashier ', '7');
    const me = (await stage.send(token, 'GET', '/v1/session')).json<Record<string, unknown>>();
    expect(me).toMatchObject({ kind: 'staff', name: 'cashier', org_id: 7, stores: null });
    expect(me['scopes']).toContain('payment.take');
  });

  test.each([
    ['a wrong password', 'cashier', 'wrong', 'lanting'],
    ['an unknown login', 'nobody', PASSWORD, 'lanting'],
    ['an unknown merchant', 'cashier', PASSWORD, 'nowhere'],
    ['another merchant', 'cashier', PASSWORD, 'other'],
    ['a number that is no org', 'cashier', PASSWORD, '99999999999999999999'],
    ['a number of nobody', 'cashier', PASSWORD, '4711'],
  ])('%s says no more than that it failed', async (_name, login, password, code) => {
    expect(outcome(await stage.signIn(login, password, code))).toEqual([401, 'sign_in_failed']);
  });

  test.each(['manager', 'ghost'])('ten failures lock %s for 15 minutes', async (login) => {
    for (let failure = 1; failure <= 10; failure++) {
      expect(outcome(await stage.signIn(login, 'wrong'))).toEqual([401, 'sign_in_failed']);
    }
    const locked = await stage.signIn(login);
    expect(outcome(locked)).toEqual([429, 'sign_in_locked']);
    expect(locked.headers['retry-after']).toBe('900');
    stage.clockMs += 15 * 60_000;
    expect((await stage.signIn(login)).statusCode).toBe(login === 'ghost' ? 401 : 201);
  });

  test('one login cannot be tried without end', async () => {
    const statuses = [];
    for (let tries = 0; tries < 21; tries++)
      statuses.push(outcome(await stage.signIn('cashier', 'wrong', 'nowhere'))[1]);
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set(['sign_in_failed']));
    expect(statuses[20]).toBe('rate_limited');
  });

  test('a session lives on while it is used, and ends after 12 quiet hours or 7 days', async () => {
    const used = await stage.tokenOf('cashier');
    const quiet = await stage.tokenOf('cashier');
    for (let hours = 0; hours < 160; hours += 10) {
      stage.clockMs += 10 * HOUR;
      await stage.restart();
      expect((await stage.send(used, 'GET', '/v1/session')).statusCode).toBe(200);
      if (hours === 10)
        expect((await stage.send(quiet, 'GET', '/v1/session')).statusCode).toBe(401);
    }
    stage.clockMs += 9 * HOUR;
    await stage.restart();
    expect(outcome(await stage.send(used, 'GET', '/v1/session'))).toEqual([401, 'token_invalid']);
  });

  test('signing out ends the session at once', async () => {
    const token = await stage.tokenOf('cashier');
    expect((await stage.send(token, 'GET', '/v1/session')).statusCode).toBe(200);
    expect((await stage.send(token, 'DELETE', '/v1/session')).statusCode).toBe(204);
    expect(outcome(await stage.send(token, 'GET', '/v1/session'))).toEqual([401, 'token_invalid']);
  });
});

test('an org without staff leaves no trace of failures', async () => {
  expect(outcome(await stage.signIn('cashier', PASSWORD, '4711'))).toEqual([401, 'sign_in_failed']);
  const rows = await asOwner(
    stage.db.url,
    'select from access.sign_in_attempt where org_id = 4711',
  );
  expect(rows).toEqual([]);
});

test('every write left its audit record', async () => {
  expect(await stage.auditedVerbs()).toEqual(
    expect.arrayContaining(['access.lock-login', 'access.sign-in', 'access.sign-out']),
  );
});
