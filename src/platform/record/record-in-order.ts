import { Refused } from '#kernel/refusal';
import type { Decided, Intent, Recorded } from './intent.ts';
import type { Ready, Settled } from './ready.ts';
import type { Recorder } from './record.ts';

/** Writes of one book that are decided strictly in the order of `add`, many of them in flight. */
export interface Series {
  /**
   * Adds a write. `prepare` begins at once and may run again; it must not wait for a later write.
   * Rejects on a refusal or an error, and so do all that come after it: none of them is carried out.
   */
  add(prepare: () => Promise<Ready>): Promise<Settled>;
  /** Resolves when fewer than the window are under way. */
  room(): Promise<void>;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

interface Slot {
  readonly place: number;
  readonly prepare: () => Promise<Ready>;
  ready: Promise<Ready>;
  made: Ready | undefined;
  readonly resolve: (result: Settled) => void;
  readonly reject: (error: unknown) => void;
}

const STALE: Decided = { kind: 'stale' };

/**
 * The record decides in arrival order, but a write made from old data is made again and would then come
 * after those behind it. Here such a write closes a gate: what arrives behind it is stale too, and all
 * are sent again, in order.
 */
export function recordInOrder(recorder: Recorder, windowMax: number): Series {
  let slots: Slot[] = [];
  let sent = 0;
  let stale = 0;
  let places = 0;
  let closedAt = Infinity;
  let sending = false;
  let broken: { readonly error: unknown } | undefined;
  let waiting: { readonly below: number; readonly go: () => void }[] = [];

  const below = (count: number) =>
    slots.length < count
      ? Promise.resolve()
      : new Promise<void>((go) => void waiting.push({ below: count, go }));
  const left = () => {
    const free = waiting.filter((each) => slots.length < each.below);
    waiting = waiting.filter((each) => slots.length >= each.below);
    for (const { go } of free) go();
  };
  const fail = (error: unknown) => {
    broken ??= { error };
    for (const { reject } of slots) reject(broken.error);
    slots = [];
    left();
  };

  const gated = (intent: Intent, place: number): Intent => ({
    ...intent,
    decide(view) {
      if (place > closedAt) return STALE;
      // A batch that is repeated decides again: the one that closed the gate may open it.
      closedAt = Infinity;
      const decided = intent.decide(view);
      if (decided.kind !== 'accept') closedAt = place;
      return decided;
    },
  });

  const settle = async (slot: Slot, outcome: Promise<Recorded>) => {
    try {
      const result = await outcome;
      if (broken) return;
      if (result.kind === 'refused') return fail(new Refused(result.refusal));
      if (result.kind === 'stale') stale++;
      else {
        slots.splice(slots.indexOf(slot), 1);
        sent--;
        slot.resolve(result);
        left();
      }
      if (stale > 0 && stale === sent) await sendAgain();
    } catch (error) {
      fail(error);
    }
  };

  const sendAgain = async () => {
    const [head, ...others] = slots.slice(0, sent) as [Slot, ...Slot[]];
    head.ready = Promise.resolve(await (head.made as Ready).again());
    for (const slot of others) slot.ready = begun(slot.prepare);
    sent = 0;
    stale = 0;
    closedAt = Infinity;
    await send();
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      while (!broken && stale === 0 && sent < slots.length) {
        const slot = slots[sent] as Slot;
        const made = await slot.ready;
        if (stale > 0 || broken) break;
        // Replayed answers may have come meanwhile and moved the slots; the next one to send is the same.
        slot.made = made;
        sent++;
        void settle(slot, recorder.record(gated(made.intent, slot.place)));
      }
    } catch (error) {
      fail(error);
    } finally {
      sending = false;
    }
  };

  return {
    add(prepare) {
      if (broken) return Promise.reject(broken.error);
      const result = new Promise<Settled>((resolve, reject) => {
        const ready = begun(prepare);
        slots.push({ place: places++, prepare, ready, made: undefined, resolve, reject });
      });
      void send();
      return result;
    },
    room: () => below(windowMax),
    idle: () => below(1),
  };
}

/** A preparation that fails is told when its turn comes. */
function begun(prepare: () => Promise<Ready>): Promise<Ready> {
  const ready = prepare();
  ready.catch(() => undefined);
  return ready;
}
