import { createHash } from 'node:crypto';
import { growthPart } from '#members';
import { item, need } from '#platform/record/part';
import type { Recorder } from '#platform/record/record';
import type { TimerHandler } from '#platform/timer/due-timer';
import type { TimerItem } from '#platform/timer/timer-part';

/** Growth value for a member of another's programme, as a timer carries it into the owner's book. */
interface Carried {
  readonly owner: number;
  readonly memberId: string;
  /** Below zero: taken back. */
  readonly amount: number;
}

export const GROWTH_TIMER = 'rewards.growth';
const PRINCIPAL = 'system:rewards';

/** The timer that carries growth value of a payment or refund into the book of the programme's owner. */
export function growthTimer(source: string, dueAt: Date, payload: Carried): TimerItem {
  return { set: { kind: GROWTH_TIMER, dedupe: source, dueAt, payload } };
}

/** Posts it there, once for each payment or refund. */
export function growthHandler(recorder: Recorder): TimerHandler {
  return async ({ dedupe: source, payload, now: at }) => {
    const { owner, memberId, amount } = payload as Carried;
    const key = `growth/${source}`;
    const hash = createHash('sha256').update(key).digest();
    const result = await recorder.record({
      org: owner,
      idempotency: { principal: PRINCIPAL, key, hash },
      needs: [need(growthPart, owner, memberId)],
      decide: () => ({
        kind: 'accept',
        status: 200,
        answer: '{}',
        items: [item(growthPart, owner, { memberId, amount, source, at })],
      }),
    });
    if (result.kind !== 'recorded' && result.kind !== 'replayed')
      throw new Error(`growth value could not be carried: ${result.kind}`);
  };
}
