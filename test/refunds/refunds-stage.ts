import { expect } from 'vitest';
import { newId } from '#kernel/ids';
import { account, gathered, ledgerPart, type LotUse } from '#ledger';
import type { DefinitionInput } from '#offers';
import { item, need } from '#platform/record/part';
import { OPENING, type Shop, type Stage } from '../stage.ts';

const base = { name: { zh: '方案', en: 'offer' }, schedule: { from: '2020-01-01' } };

type Clawback = NonNullable<DefinitionInput['clawback']>;

/** 10.00 off above 100.00. */
export function tenOff(clawback: Clawback, fields: Partial<DefinitionInput> = {}): DefinitionInput {
  return {
    ...base,
    code: 'ten-off',
    benefits: [{ kind: 'discount', off: { by: 'amount', amount: 1_000 }, spend: 10_000 }],
    clawback,
    ...fields,
  };
}

/** A point per yuan. */
export function points(clawback: Clawback): DefinitionInput {
  const { earn, expiry } = {
    earn: { by: 'per_yuan', rate: 1_000_000 },
    expiry: { type: 'none' },
  } as const;
  return { ...base, code: 'points', benefits: [{ kind: 'points', earn, expiry }], clawback };
}

/** 10 % back, half of it from the funder where one is named. */
export function cashback(
  clawback: Clawback,
  fields: Partial<DefinitionInput> = {},
): DefinitionInput {
  const earn = { by: 'rate', rate: 100_000 } as const;
  return { ...base, code: 'cashback', benefits: [{ kind: 'cashback', earn }], clawback, ...fields };
}

/** A sale of goods by SKU; its answer. */
export async function sell(
  stage: Stage,
  { token, storeId }: Pick<Shop, 'token' | 'storeId'>,
  member: string | null,
  goods: Readonly<Record<string, number>>,
  tenders: readonly object[] = [{ kind: 'cash' }],
) {
  const reply = await stage.send(token, 'POST', '/v1/payments', {
    store: storeId,
    lines: Object.entries(goods).map(([sku, quantity]) => ({ sku, quantity })),
    ...(member !== null && { member: { member_id: member } }),
    tenders,
  });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

/** Refunds as the preview said: their figures are the same. */
export async function previewed(
  stage: Stage,
  { token }: Pick<Shop, 'token'>,
  payment: string,
  lines?: readonly object[],
) {
  const asked = { payment, ...(lines && { lines }) };
  const told = await stage.send(token, 'POST', '/v1/refunds/preview', asked);
  expect(told.statusCode, told.body).toBe(200);
  const done = await stage.send(token, 'POST', '/v1/refunds', { ...asked, reason: 'unwanted' });
  expect(done.statusCode, done.body).toBe(201);
  expect(done.json()).toMatchObject(told.json());
  return done.json();
}

/** Lets a member spend in the book `org` of the programme's owner. */
export async function spend(
  { app }: Stage,
  org: number,
  programme: string,
  member: string,
  asked: { readonly points?: number; readonly cashback?: number },
): Promise<void> {
  const { points: most = 0, cashback: fen = 0 } = asked;
  const wallet = account('2210', member);
  const money = account('2031', member);
  const result = await app.recorder.record({
    org,
    idempotency: { principal: 'system:stage', key: newId(), hash: Buffer.alloc(32) },
    needs: [
      need(ledgerPart, org, { account: wallet, lots: true }),
      need(ledgerPart, org, { account: money }),
    ],
    decide(view) {
      const lotUses: LotUse[] = [];
      let left = most;
      let provision = 0;
      for (const { lotId, remaining, valuePpm } of view.of(ledgerPart).lots(org, wallet)) {
        const amount = Math.min(remaining, left);
        left -= amount;
        if (amount === 0) continue;
        lotUses.push({ account: wallet, lotId, amount, why: 'used' });
        const worth = (of: number) => Math.round((of * valuePpm) / 1_000_000);
        provision += worth(remaining) - worth(remaining - amount);
      }
      const legs = gathered([
        { account: wallet, amount: most },
        { account: account('1430', programme), amount: -most },
        { account: account('2211', programme), amount: provision },
        { account: money, amount: fen },
        { account: account('1010'), amount: -fen - provision },
      ]);
      const at = { occurredAt: OPENING, valueDate: '2026-11-21', actor: 'system:stage' };
      const journal = { journalId: newId(), kind: 'spend', source: newId(), ...at, legs, lotUses };
      return { kind: 'accept', status: 201, answer: '{}', items: [item(ledgerPart, org, journal)] };
    },
  });
  expect(result.kind).toBe('recorded');
}
