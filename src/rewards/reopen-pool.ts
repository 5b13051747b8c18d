import { account, gathered, type LedgerState, ledgerPart, type Leg, takeBackRebate } from '#ledger';
import { newId } from '#kernel/ids';
import { need, type Need } from '#platform/record/part';
import type { TimerItem } from '#platform/timer/timer-part';
import { type Move, type Moved, waitingOf } from './move-rewards.ts';
import { poolReopened, wakeOf } from './pool.ts';
import { leftOf, type Reward } from './reward.ts';
import { rewardsPart } from './rewards-part.ts';
import type { RewardsItem, RewardsState } from './rewards-state.ts';
import { fromWallets } from './take-back-rewards.ts';

/**
 * What a refund writes that brings a pool, locked by the want `{ pool }`, below what its sales had reached: all that
 * arrived by it is taken back and waits again. What the member has spent of it becomes a debt. Nothing for a pool
 * in which nothing was granted.
 */
export function reopenPool(
  state: RewardsState,
  { org, pool: name, zone, at }: { org: number; pool: string; zone: string; at: Date },
): { readonly items: readonly RewardsItem[]; readonly timers: readonly TimerItem[] } {
  const before = state.pool(org, name);
  if (before?.kind !== 'reached') return { items: [], timers: [] };
  const pool = poolReopened(before, at);
  const set = wakeOf(pool, zone, at);
  return { items: [{ kind: 'pool', pool }], timers: set ? [{ set }] : [] };
}

/** What has to be locked to send a payment's rewards back into their pool. */
export function sendingBackNeeds(org: number, name: string, reward: Reward): Need[] {
  const { member, paymentId, toMerchant } = reward;
  const needs: Need[] = [
    need(rewardsPart, org, { pool: name, alone: true }),
    need(rewardsPart, org, { payment: paymentId }),
    need(ledgerPart, org, { account: waitingOf(reward) }),
  ];
  if (toMerchant) return [...needs, need(ledgerPart, org, { account: account('2021') })];
  if (member?.ownerOrg !== org) return needs;
  const wallet = { account: account('2210', member.memberId), lots: true, lotsOf: paymentId };
  needs.push(need(ledgerPart, org, wallet));
  for (const code of ['1231', '2031', '1230'] as const)
    needs.push(need(ledgerPart, org, { account: account(code, member.memberId) }));
  return needs;
}

/** The postings that send a reward back from the wallets to where it waited. */
export function sendBack(ledger: LedgerState, move: Move, reward: Reward): Moved {
  const { org, source, occurredAt, day: valueDate, actor } = move;
  const { paymentId, decisionNo, member, kind } = reward;
  const amount = leftOf(reward);
  const waits: Leg = { account: waitingOf(reward), amount: -amount };
  const item: RewardsItem = { kind: 'back', rewards: [{ paymentId, decisionNo }] };
  const stamp = { journalId: newId(), kind: 'reward.back', source, occurredAt, valueDate, actor };
  if (reward.toMerchant || member === null) {
    const { legs } = takeBackRebate(ledger, org, amount);
    return { journals: [{ ...stamp, legs: gathered([...legs, waits]) }], item };
  }
  const back = [{ kind: kind === 'points' ? kind : ('cashback' as const), amount }];
  const taken = fromWallets(ledger, org, member, paymentId, back, waits.account);
  const legs = kind === 'points' ? taken.legs : [...taken.legs, waits];
  const { lotUses, sends } = taken;
  return { journals: [{ ...stamp, legs: gathered(legs), lotUses, sends }], item };
}
