import { expect } from 'vitest';
import { ledgerInvariants } from '#ledger';
import { createOrg } from '#merchants';
import { type DefinitionInput, offersInvariants } from '#offers';
import { paymentsInvariants } from '#payments';
import { platformInvariants } from '#platform/breaches';
import { rewardsInvariants } from '#rewards';
import { dayOf } from '#kernel/day';
import type { Shop, Stage } from '../stage.ts';

const ZONE = 'Asia/Shanghai';

/** A moment in Shanghai, "2026-02-14 10:00". */
export function at(local: string): Date {
  return new Date(`${local.replace(' ', 'T')}:00+08:00`);
}

/** A shop as `Stage.shop`, whose clock stands at `opening`. */
export async function shopAt(
  stage: Stage,
  code: string,
  opening: string,
  offers: readonly DefinitionInput[],
): Promise<Shop> {
  const name = { zh: code, en: code };
  const wanted = { code, name, kind: 'merchant', sandbox: true } as const;
  const { id: org } = await createOrg(stage.db, stage.system(1), wanted);
  await stage.clock(org, at(opening));
  const storeId = await stage.store(org, `${code}-1`);
  await stage.goods(org);
  const programme = await stage.programme(org, 'club');
  await stage.enrol(programme, org, storeId);
  for (const definition of offers) await stage.offer(org, definition);
  return { org, storeId, programme, token: await stage.key(org) };
}

/** A sale of a member of so many cups at 30.00; its answer. */
export async function sellCups(
  stage: Stage,
  { token, storeId }: Pick<Shop, 'token' | 'storeId'>,
  memberId: string | null,
  cups: number,
) {
  const reply = await stage.send(token, 'POST', '/v1/payments', {
    store: storeId,
    lines: [{ sku: 'CUP-1', quantity: cups }],
    ...(memberId !== null && { member: { member_id: memberId } }),
    tenders: [{ kind: 'cash' }],
  });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

export async function giveBack(
  stage: Stage,
  { token }: Pick<Shop, 'token'>,
  payment: string,
  fields: object = {},
) {
  const body = { payment, reason: 'unwanted', ...fields };
  const reply = await stage.send(token, 'POST', '/v1/refunds', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

/** Moves the shop's clock through HTTP, which runs what falls due on the way. */
export async function until(
  stage: Stage,
  { token }: Pick<Shop, 'token'>,
  local: string,
): Promise<void> {
  const reply = await stage.send(token, 'POST', '/v1/clock', { now: at(local).toISOString() });
  expect(reply.statusCode, reply.body).toBe(200);
}

/** What the member is told. */
export async function rewardsOf(
  stage: Stage,
  { token }: Pick<Shop, 'token'>,
  memberId: string,
  query = '',
) {
  const reply = await stage.send(token, 'GET', `/v1/members/${memberId}/rewards${query}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

/** fen and points of a member in the shop's book: waiting, and in the wallets. */
export async function standing(stage: Stage, { org }: Pick<Shop, 'org'>, member: string) {
  const of = (code: '2030' | '2031' | '2210' | '2212') => stage.balance(org, code, member);
  return {
    cashback: [await of('2030'), await of('2031')],
    points: [await of('2212'), await of('2210')],
  };
}

/** Every invariant of the books that is broken, with its rows; empty where all hold. */
export async function broken(
  stage: Stage,
  orgs: readonly number[],
): Promise<Record<string, unknown>> {
  await stage.app.timers.settle();
  await stage.app.relay.settle();
  const now = (org: number) => stage.app.clocks.now(org);
  const invariants = [
    ...ledgerInvariants((org) => dayOf(now(org), ZONE)),
    ...platformInvariants([]),
    ...offersInvariants,
    ...rewardsInvariants((org) => ({ now: now(org), zone: ZONE })),
    ...paymentsInvariants,
  ];
  const found: Record<string, unknown> = {};
  for (const { id, breaches } of invariants) {
    const rows = await stage.db.transact(orgs, (tx) => breaches(tx, orgs));
    if (rows.length > 0) found[id] = rows;
  }
  return found;
}
