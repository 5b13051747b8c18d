import { createHash } from 'node:crypto';
import { startOfDay } from '#kernel/day';
import { Refused } from '#kernel/refusal';
import { latestOf } from '#ledger';
import { joinMember } from '#members';
import { prepareRefund, prepareReturn, prepareSale } from '#payments';
import type { Ctx } from '#platform/context';
import { setClock } from '#platform/org-clock';
import type { Ready, Settled } from '#platform/record/ready';
import { recordInOrder } from '#platform/record/record-in-order';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { type BuiltMerchant, ZONE } from './build-town.ts';
import type { PlannedDeed, PlannedMember, TradeDay } from './plan-trade.ts';

const WINDOW = 128;
const MINUTE_MS = 60_000;

/** A merchant whose days are traded one after the other. */
export interface Trader {
  /** Carries out a day; what was done of it before is not done again. */
  trade(day: TradeDay): Promise<void>;
}

/** Joins members and takes sales through the verbs, in the order of the day. */
export function openTrader(app: App, merchant: BuiltMerchant): Trader {
  const { org } = merchant;
  const series = recordInOrder(app.recorder, WINDOW);
  const memberIds = new Map<PlannedMember, string>();
  const payments = new Map<string, Promise<string>>();
  const failures: unknown[] = [];

  const prepare = async (deed: PlannedDeed, begin: Date): Promise<Ready> => {
    const ctx = systemCtx(org, 'town', begin);
    const key = { idempotencyKey: deed.key, requestHash: hashOf(deed) };
    const occurred_at = new Date(begin.getTime() + deed.minute * MINUTE_MS);
    if (deed.kind === 'sale')
      return prepareDeal(app, ctx, merchant, deed, { key, occurred_at, memberIds });
    if (deed.kind === 'return') {
      const lines = [{ sku: deed.goods.sku, quantity: 1, amount: deed.goods.price }];
      const asked = { store: deed.store, lines, reason: '无小票退货', occurred_at };
      return prepareReturn(app.till, ctx, key, asked);
    }
    const payment = await (payments.get(deed.of) as Promise<string>);
    if (deed.kind === 'void')
      return prepareRefund(
        app.till,
        ctx,
        key,
        { payment, reason: '录入有误', occurred_at },
        'void',
      );
    const lines = [{ line: 0, quantity: 1 }];
    return prepareRefund(app.till, ctx, key, { payment, lines, reason: '顾客退货', occurred_at });
  };

  return {
    async trade({ day, joins, deeds }) {
      const begin = startOfDay(day, ZONE);
      const opened = begin.getTime() > app.clocks.now(org).getTime() ? begin : null;
      if (opened) await advance(app, org, opened);
      for (const member of joins) memberIds.set(member, await join(app, merchant, member));
      for (const deed of deeds) {
        await series.room();
        if (failures.length > 0) throw failures[0];
        const answer = series.add(() => prepare(deed, begin)).then(answerOf);
        answer.catch((error: unknown) => void failures.push(error));
        if (deed.kind !== 'sale') continue;
        const id = answer.then((json) => (JSON.parse(json) as { payment_id: string }).payment_id);
        id.catch(() => undefined);
        payments.set(deed.key, id);
      }
      await series.idle();
      if (failures.length > 0) throw failures[0];
    },
  };
}

interface DealAsked {
  readonly key: { readonly idempotencyKey: string; readonly requestHash: Buffer };
  readonly occurred_at: Date;
  readonly memberIds: ReadonlyMap<PlannedMember, string>;
}

function prepareDeal(
  app: App,
  ctx: Ctx,
  merchant: BuiltMerchant,
  { store, lines, member }: Extract<PlannedDeed, { kind: 'sale' }>,
  { key, occurred_at, memberIds }: DealAsked,
): Promise<Ready> {
  const programmeId =
    member?.club === 'brand' ? merchant.programmes.brand : merchant.programmes.own;
  const input = {
    store,
    lines,
    occurred_at,
    tenders: [{ kind: 'cash' as const }],
    ...(member && { member: { memberId: memberIds.get(member), programmeId } }),
  };
  return prepareSale(app.till, ctx, key, input, 'pos');
}

async function join(
  app: App,
  { org, storeIds, programmes }: BuiltMerchant,
  { name, phone, club, store }: PlannedMember,
): Promise<string> {
  const ctx = systemCtx(org, 'town', app.clocks.now(org));
  const storeId = storeIds.get(store) as string;
  const programmeId = club === 'brand' ? programmes.brand : programmes.own;
  const { member } = await joinMember(app.members, ctx, { name, phone, storeId, programmeId });
  return member.member_id;
}

/** Sets the clock of a sandbox org forward. */
export async function advance(app: App, org: number, to: Date): Promise<void> {
  if (app.clocks.now(org).getTime() >= to.getTime()) return;
  const work = { ...app, handlers: app.timerHandlers, isSandbox: async () => true, latestOf };
  await setClock(work, systemCtx(org, 'town', to), to);
}

function answerOf(result: Settled): string {
  if (result.kind === 'refused') throw new Refused(result.refusal);
  if (result.kind === 'conflict') throw new Error('the town was begun with another plan');
  return result.answer;
}

function hashOf(deed: PlannedDeed): Buffer {
  return createHash('sha256').update(JSON.stringify(deed)).digest();
}
