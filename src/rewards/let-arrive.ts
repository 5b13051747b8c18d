import { type Day, dayOf, startOfDay } from '#kernel/day';
import { ledgerPart } from '#ledger';
import { need } from '#platform/record/part';
import type { DueTimer, TimerHandler } from '#platform/timer/due-timer';
import { setTimer } from '#platform/timer/set-timer';
import { ARRIVAL_TIMER } from './grant-rewards.ts';
import { TOGETHER_MAX } from './lock-rewards.ts';
import { accountsOf, arriveRewards, type Move } from './move-rewards.ts';
import { POOL_TIMER } from './pool.ts';
import { dueFor, whoseAreDue } from './read-waiting.ts';
import { type ArrivalWork, movedBy, MOVER, recordMove } from './record-move.ts';
import { rewardsPart } from './rewards-part.ts';
import { settlePool } from './settle-pool.ts';

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
  const move: Move = { org, source: timerId, occurredAt: now, day: today, actor: MOVER };
  for (;;) {
    const due = await dueFor(db, org, day, who);
    if (due.length === 0) return;
    const places = due.map(({ paymentId, decisionNo }) => ({ paymentId, decisionNo }));
    await recordMove(recorder, {
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
        return movedBy(org, ready.length > 0 ? arriveRewards(move, ready) : undefined);
      },
    });
    if (due.length < TOGETHER_MAX) return;
  }
}
