/** Lanes take turns under light load; each asks before a batch and says when it is done. */
export interface Turns {
  /** Resolves when the lane may begin. @param queued how many intents wait in the lane */
  enter(queued: () => number): Promise<void>;
  leave(): void;
  /** Says that a lane's queue has grown. */
  grown(queued: number): void;
}

/** From so many intents on a batch is worth its fixed cost, whatever the other lanes do. */
const FULL = 24;
/** A lane that is held up, say by a lock, does not hold up the others. */
const WAIT_MS_MAX = 20;

interface Waiter {
  readonly queued: () => number;
  readonly begin: () => void;
}

/**
 * A batch costs about as much as eight of its sales, so two lanes that run half-empty side by side are slower
 * than two that take turns and fill up meanwhile. Full lanes run at once, over both cores.
 */
export function openTurns(): Turns {
  const waiting = new Set<Waiter>();
  let running = 0;
  const admit = (waiter: Waiter) => {
    if (!waiting.delete(waiter)) return;
    running++;
    waiter.begin();
  };
  return {
    enter(queued) {
      if ((running === 0 && waiting.size === 0) || queued() >= FULL) {
        running++;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const waiter = { queued, begin: resolve };
        waiting.add(waiter);
        setTimeout(() => admit(waiter), WAIT_MS_MAX);
      });
    },
    leave() {
      running--;
      const [next] = waiting;
      if (running === 0 && next) admit(next);
    },
    grown(queued) {
      if (queued < FULL) return;
      for (const waiter of waiting) if (waiter.queued() >= FULL) admit(waiter);
    },
  };
}
