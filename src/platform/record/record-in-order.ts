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
  /** Adds work that runs when all before it is recorded and nothing behind it is sent, such as moving a clock. */
  addBetween(work: () => Promise<void>): Promise<void>;
  /** Resolves when fewer than the window are under way. */
  room(): Promise<void>;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/**
 * The record decides in arrival order, but a write made from old data is made again and would then come
 * after those behind it. Here such a write closes a gate: what arrives behind it is stale too, and all
 * are sent again, in order.
 */
export function recordInOrder(recorder: Recorder, windowMax: number): Series {
  return new OrderedWrites(recorder, windowMax);
}

interface Slot {
  readonly place: number;
  /** In place of a write. */
  readonly between?: () => Promise<void>;
  readonly prepare: () => Promise<Ready>;
  ready: Promise<Ready>;
  made: Ready | undefined;
  readonly resolve: (result: Settled) => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting {
  readonly below: number;
  readonly go: () => void;
}

class OrderedWrites implements Series {
  readonly #recorder: Recorder;
  readonly #windowMax: number;
  readonly #gate = new Gate();
  /** What is under way in order, of which the first `#sent` are with the record. */
  #slots: Slot[] = [];
  #sent = 0;
  /** How many of those sent came back stale. */
  #stale = 0;
  #places = 0;
  /** Counts the times that all are sent again. */
  #round = 0;
  /** The round whose loop is running. */
  #sending: number | undefined;
  #broken: { readonly error: unknown } | undefined;
  #waiting: Waiting[] = [];

  constructor(recorder: Recorder, windowMax: number) {
    this.#recorder = recorder;
    this.#windowMax = windowMax;
  }

  add(prepare: () => Promise<Ready>): Promise<Settled> {
    if (this.#broken) return Promise.reject(this.#broken.error);
    const result = new Promise<Settled>((resolve, reject) => {
      const slot = { place: this.#places++, prepare, ready: begun(prepare), made: undefined };
      this.#slots.push({ ...slot, resolve, reject });
    });
    void this.#send();
    return result;
  }

  async addBetween(work: () => Promise<void>): Promise<void> {
    if (this.#broken) throw this.#broken.error;
    await new Promise<unknown>((resolve, reject) => {
      const prepare = () => new Promise<never>(() => undefined);
      const slot = { place: this.#places++, prepare, ready: prepare(), made: undefined };
      this.#slots.push({ ...slot, between: work, resolve, reject });
      void this.#send();
    });
  }

  room(): Promise<void> {
    return this.#below(this.#windowMax);
  }

  idle(): Promise<void> {
    return this.#below(1);
  }

  /** One loop a round: what the last one waits for may itself wait for what is sent again. */
  async #send(): Promise<void> {
    const round = this.#round;
    if (this.#sending === round) return;
    this.#sending = round;
    try {
      for (let slot = this.#next(); slot; slot = this.#next()) {
        if (slot.between) {
          // What is still with the record goes first; its last answer comes back here.
          if (this.#sent > 0) break;
          await slot.between();
          this.#leave(slot, () => slot.resolve(DONE));
          continue;
        }
        const made = await slot.ready;
        if (this.#round !== round) return;
        // While it was being made, others may have come back stale.
        if (this.#next() !== slot) continue;
        slot.made = made;
        this.#sent++;
        const outcome = this.#recorder.record(this.#gate.guard(made.intent, slot.place));
        void this.#settle(slot, outcome);
      }
      this.#sending = undefined;
    } catch (error) {
      const next = this.#slots[this.#sent];
      if (this.#round === round && next) this.#fail(next, error);
    }
  }

  /** The slot to be sent next; none while stale ones come back. */
  #next(): Slot | undefined {
    return this.#stale === 0 && !this.#broken ? this.#slots[this.#sent] : undefined;
  }

  async #settle(slot: Slot, outcome: Promise<Recorded>): Promise<void> {
    try {
      const result = await outcome;
      if (result.kind === 'refused') throw new Refused(result.refusal);
      if (result.kind !== 'stale') this.#leave(slot, () => slot.resolve(result));
      else if (this.#broken) throw this.#broken.error;
      else this.#stale++;
      if (this.#sent === 0) await this.#send();
      if (this.#stale > 0 && this.#stale === this.#sent) await this.#sendAgain();
    } catch (error) {
      this.#fail(slot, error);
    }
  }

  #leave(slot: Slot, tell: () => void): void {
    const at = this.#slots.indexOf(slot);
    if (at < 0) return;
    this.#slots.splice(at, 1);
    if (at < this.#sent) this.#sent--;
    tell();
    this.#tellWaiting();
  }

  async #sendAgain(): Promise<void> {
    const [head, ...others] = this.#slots.slice(0, this.#sent) as [Slot, ...Slot[]];
    head.ready = Promise.resolve(await (head.made as Ready).again());
    for (const slot of others) slot.ready = begun(slot.prepare);
    this.#sent = 0;
    this.#stale = 0;
    this.#gate.open();
    this.#round++;
    await this.#send();
  }

  /** Ends the series: nothing more is sent, and what is with the record is told its own outcome. */
  #fail(slot: Slot, error: unknown): void {
    this.#broken ??= { error };
    const told = this.#broken.error;
    const stale = this.#stale > 0 ? this.#slots.slice(0, this.#sent) : [];
    const rest = this.#slots.slice(this.#sent);
    for (const each of new Set([slot, ...stale, ...rest]))
      this.#leave(each, () => each.reject(told));
    this.#stale = 0;
  }

  #below(count: number): Promise<void> {
    if (this.#slots.length < count) return Promise.resolve();
    return new Promise((go) => void this.#waiting.push({ below: count, go }));
  }

  #tellWaiting(): void {
    const free = this.#waiting.filter(({ below }) => this.#slots.length < below);
    this.#waiting = this.#waiting.filter(({ below }) => this.#slots.length >= below);
    for (const { go } of free) go();
  }
}

const DONE: Settled = { kind: 'recorded', status: 200, answer: '' };
const STALE: Decided = { kind: 'stale' };

/** Closes behind the first write that is not accepted: none behind it is decided. */
class Gate {
  #closedAt = Infinity;

  open(): void {
    this.#closedAt = Infinity;
  }

  guard(intent: Intent, place: number): Intent {
    return {
      ...intent,
      decide: (view) => {
        if (place > this.#closedAt) return STALE;
        // A batch that is repeated decides again: the write that closed the gate may open it.
        this.open();
        const decided = intent.decide(view);
        if (decided.kind !== 'accept') this.#closedAt = place;
        return decided;
      },
    };
  }
}

/** A preparation that fails is told when its turn comes. */
function begun(prepare: () => Promise<Ready>): Promise<Ready> {
  const ready = prepare();
  ready.catch(() => undefined);
  return ready;
}
