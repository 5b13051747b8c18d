import { createHash } from 'node:crypto';
import { type Day, dayOf, startOfDay } from '#kernel/day';
import { newId } from '#kernel/ids';
import { type AccountRef, type Journal, ledgerPart } from '#ledger';
import type { Database } from '#platform/db/transact';
import type { Decided, Intent } from '#platform/record/intent';
import { item, type Item, need, type Need } from '#platform/record/part';
import type { Recorder } from '#platform/record/record';
import type { DueTimer, TimerHandler } from '#platform/timer/due-timer';
import { setTimer } from '#platform/timer/set-timer';
import { timerPart } from '#platform/timer/timer-part';
import { ARRIVAL_TIMER } from './grant-rewards.ts';
import { TOGETHER_MAX } from './lock-rewards.ts';
import { accountsOf, arriveRewards, cancelRewards, type Move, type Moved } from './move-rewards.ts';
import { type Fate, fateOf, type Pool, POOL_TIMER, poolSettled, wakeOf } from './pool.ts';
import { dueFor, waitingIn, whoseAreDue } from './read-waiting.ts';
import type { Reward } from './reward.ts';
import { rewardsPart } from './rewards-part.ts';

export interface ArrivalWork {
  readonly db: Database;
  readonly recorder: Recorder;
  /** The zone whose midnight begins the org's day. */
  readonly zoneOf: (org: number) => Promise<string>;
}

const PRINCIPAL = 'system:rewards';

/** What lets rewards arrive, by the kind of timer. What has arrived is not moved again, however often one runs. */
export function arrivalHandlers(work: ArrivalWork): Readonly<Record<string, TimerHandler>> {
  return {
    [ARRIVAL_TIMER]: (timer) => letDayArrive(work, timer),
    [POOL_TIMER]: (timer) => settlePool(work, timer),
  };
}

async function letDayArrive(work: ArrivalWork, timer: DueTimer): Promise<void> {
  const { db, zoneOf } = work;
  const { org, now, dedupe: day } = timer;
  const zone = await zoneOf(org);
  const today = dayOf(now, zone);
  if (day > today) {
    const dueAt = startOfDay(day, zone);
    await db.transact([org], (tx) =>
      setTimer(tx, org, { kind: ARRIVAL_TIMER, dedupe: day, dueAt }),
    );
    return;
  }
  for (let after = ''; ;) {
    const page = await whoseAreDue(db, org, day, after);
    const last = page.at(-1);
    if (last === undefined) return;
    await Promise.all(page.map((who) => letArriveFor(work, timer, today, who)));
    after = last;
  }
}

/** Lets all that is due for one member, or for the merchant, arrive. */
async function letArriveFor(
  { db, recorder }: ArrivalWork,
  { org, now, timerId, dedupe: day }: DueTimer,
  today: Day,
  who: string,
): Promise<void> {
  const move: Move = { org, source: timerId, occurredAt: now, day: today, actor: PRINCIPAL };
  for (;;) {
    const due = await dueFor(db, org, day, who);
    if (due.length === 0) return;
    const places = due.map(({ paymentId, decisionNo }) => ({ paymentId, decisionNo }));
    await record(recorder, {
      org,
      needs: [
        ...accountsOf(org, due, 'arrive').map((ref) => need(ledgerPart, org, { account: ref })),
        need(rewardsPart, org, { rewards: places }),
      ],
      decide(view) {
        const state = view.of(rewardsPart);
        const ready = places.flatMap((place) => {
          const reward = state.reward(org, place);
          return reward?.state === 'pending' ? [reward] : [];
        });
        return accepted(org, ready.length > 0 ? arriveRewards(move, ready) : undefined);
      },
    });
    if (due.length < TOGETHER_MAX) return;
  }
}

async function settlePool(work: ArrivalWork, timer: DueTimer): Promise<void> {
  const { db, recorder, zoneOf } = work;
  const { org, dedupe: name, now } = timer;
  const zone = await zoneOf(org);
  const today = dayOf(now, zone);
  for (;;) {
    const found = await waitingIn(db, org, name);
    if (!found) return;
    const answer = await record(recorder, poolIntent(timer, zone, today, found));
    if (answer === DONE) return;
  }
}

const DONE = 'done';
const MORE = 'more';

/** One write of a pool: moves the oldest that wait, and with the last of them the pool and its timer. */
function poolIntent(
  timer: DueTimer,
  zone: string,
  today: Day,
  seen: { readonly pool: Pool; readonly rewards: readonly Reward[] },
): Omit<Intent, 'idempotency'> {
  const { org, dedupe: name, now, timerId, doneItem } = timer;
  const accounts = touchedBy(org, fateOf(seen.pool, seen.rewards, today));
  const needs: Need[] = [
    ...accounts.map((ref) => need(ledgerPart, org, { account: ref })),
    need(rewardsPart, org, { pool: name }),
    need(timerPart, org, undefined),
  ];
  return {
    org,
    needs,
    decide(view) {
      const state = view.of(rewardsPart);
      const pool = state.pool(org, name);
      if (!pool) return accepted(org, undefined, [doneItem]);
      const waiting = state.waiting(org, name);
      const fate = fateOf(pool, waiting, today);
      const moving = fate.rewards.slice(0, TOGETHER_MAX);
      // What came in since it was looked at may lie in other wallets.
      if (!covers(accounts, touchedBy(org, { ...fate, rewards: moving }))) return { kind: 'stale' };
      const from = pool.dueOn ?? undefined;
      const move = { org, source: timerId, occurredAt: now, day: today, from, actor: PRINCIPAL };
      const moved = moveBy({ ...fate, rewards: moving }, move);
      if (waiting.length > TOGETHER_MAX && moving.length > 0) return accepted(org, moved, [], MORE);
      const rest = waiting.filter((reward) => !moving.includes(reward));
      const after = poolSettled(pool, fate, rest, now);
      const set = wakeOf(after, zone, now);
      return accepted(org, moved, [
        ...(after === pool ? [] : [item(rewardsPart, org, { kind: 'pool', pool: after })]),
        set ? item(timerPart, org, { set }) : doneItem,
      ]);
    },
  };
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

function accepted(
  org: number,
  moved: Moved | undefined,
  more: readonly Item[] = [],
  answer = DONE,
): Decided {
  const journals = moved?.journals.map((journal: Journal) => item(ledgerPart, org, journal)) ?? [];
  const rewards = moved ? [item(rewardsPart, org, moved.item)] : [];
  return { kind: 'accept', status: 200, answer, items: [...journals, ...rewards, ...more] };
}

/** Records a move; one made from what has changed since is to be made again. */
async function record(recorder: Recorder, intent: Omit<Intent, 'idempotency'>): Promise<string> {
  const key = newId();
  const hash = createHash('sha256').update(key).digest();
  const result = await recorder.record({
    ...intent,
    idempotency: { principal: PRINCIPAL, key, hash },
  });
  if (result.kind === 'stale') return MORE;
  if (result.kind !== 'recorded' && result.kind !== 'replayed')
    throw new Error(`rewards could not be moved: ${result.kind}`);
  return result.answer;
}
