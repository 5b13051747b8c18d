import { type Day, dayOf } from '#kernel/day';
import { type AccountRef, ledgerPart } from '#ledger';
import type { Decided, Intent } from '#platform/record/intent';
import { item, need, type Need, type View } from '#platform/record/part';
import type { DueTimer } from '#platform/timer/due-timer';
import { timerPart } from '#platform/timer/timer-part';
import { TOGETHER_MAX } from './lock-rewards.ts';
import { accountsOf, arriveRewards, cancelRewards, type Move, type Moved } from './move-rewards.ts';
import { type Fate, fateOf, type Pool, poolSettled, wakeOf } from './pool.ts';
import { arrivedBy, waitingIn } from './read-waiting.ts';
import { type ArrivalWork, DONE, MORE, movedBy, MOVER, recordMove } from './record-move.ts';
import { sendBack, sendingBackNeeds } from './reopen-pool.ts';
import type { Reward } from './reward.ts';
import { rewardsPart } from './rewards-part.ts';

/** What the timer of a pool does: sends back what is to wait again, lets arrive, cancels, or waits on. */
export async function settlePool(work: ArrivalWork, timer: DueTimer): Promise<void> {
  const { db, recorder, zoneOf } = work;
  const { org, dedupe: name, now } = timer;
  const zone = await zoneOf(org);
  const at = { zone, today: dayOf(now, zone) };
  for (;;) {
    const found = await waitingIn(db, org, name);
    if (!found) return;
    if (found.pool.state === 'reopening') {
      const arrived = await arrivedBy(db, org, name);
      for (const reward of arrived) await recordMove(recorder, backIntent(timer, at, reward));
      if (arrived.length === TOGETHER_MAX) continue;
    }
    if ((await recordMove(recorder, poolIntent(timer, at, found))) === DONE) return;
  }
}

interface At {
  readonly zone: string;
  readonly today: Day;
}

function moveAt({ org, timerId, now }: DueTimer, { today }: At, from?: Day): Move {
  return { org, source: timerId, occurredAt: now, day: today, from, actor: MOVER };
}

/** Sends one reward back, unless the pool was reached again meanwhile. */
function backIntent(timer: DueTimer, at: At, seen: Reward): Omit<Intent, 'idempotency'> {
  const { org, dedupe: name } = timer;
  return {
    org,
    needs: sendingBackNeeds(org, name, seen),
    decide(view) {
      const state = view.of(rewardsPart);
      const reward = state.reward(org, seen);
      const stays = state.pool(org, name)?.state !== 'reopening' || reward?.state !== 'available';
      if (stays) return movedBy(org, undefined);
      return movedBy(org, sendBack(view.of(ledgerPart), moveAt(timer, at), reward));
    },
  };
}

/** One write of a pool: moves the oldest that wait, and with the last of them the pool and its timer. */
function poolIntent(
  timer: DueTimer,
  at: At,
  seen: { readonly pool: Pool; readonly rewards: readonly Reward[] },
): Omit<Intent, 'idempotency'> {
  const { org, dedupe: name } = timer;
  const accounts = touchedBy(org, fateOf(seen.pool, seen.rewards, at.today));
  const needs: Need[] = [
    ...accounts.map((ref) => need(ledgerPart, org, { account: ref })),
    need(rewardsPart, org, { pool: name }),
    need(timerPart, org, undefined),
  ];
  return { org, needs, decide: (view) => decidePool(view, timer, at, seen.pool, accounts) };
}

function decidePool(
  view: View,
  timer: DueTimer,
  at: At,
  seen: Pool,
  accounts: readonly AccountRef[],
): Decided {
  const { org, dedupe: name, now, doneItem } = timer;
  const state = view.of(rewardsPart);
  const pool = state.pool(org, name);
  if (!pool) return movedBy(org, undefined, [doneItem]);
  // What is to be sent back is looked up before the pool is locked.
  if (pool.state !== seen.state) return { kind: 'stale' };
  const waiting = state.waiting(org, name);
  const fate = fateOf(pool, waiting, at.today);
  const moving = fate.rewards.slice(0, TOGETHER_MAX);
  // What came in since it was looked at may lie in other wallets.
  if (!covers(accounts, touchedBy(org, { ...fate, rewards: moving }))) return { kind: 'stale' };
  const moved = moveBy({ ...fate, rewards: moving }, moveAt(timer, at, pool.dueOn ?? undefined));
  if (waiting.length > TOGETHER_MAX && moving.length > 0) return movedBy(org, moved, [], MORE);
  const rest = waiting.filter((reward) => !moving.includes(reward));
  const after = poolSettled(pool, fate, rest, now);
  const set = wakeOf(after, at.zone, now);
  return movedBy(org, moved, [
    ...(after === pool ? [] : [item(rewardsPart, org, { kind: 'pool', pool: after })]),
    set ? item(timerPart, org, { set }) : doneItem,
  ]);
}

function moveBy({ do: what, rewards }: Fate, move: Move): Moved | undefined {
  if (what === 'wait') return undefined;
  return what === 'cancel' ? cancelRewards(move, rewards) : arriveRewards(move, rewards);
}

function touchedBy(org: number, { do: what, rewards }: Fate): AccountRef[] {
  return what === 'wait' ? [] : accountsOf(org, rewards, what);
}

function covers(locked: readonly AccountRef[], wanted: readonly AccountRef[]): boolean {
  const ids = new Set(locked.map(({ id }) => id));
  return wanted.every(({ id }) => ids.has(id));
}
