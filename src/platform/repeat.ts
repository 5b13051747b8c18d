import { realNow } from '#platform/clock';

/** Work that repeats in the background until it is closed. */
export interface Repeated {
  /** Runs the next turn at `at`, or at once, if that is sooner than planned. */
  wake(at?: Date): void;
  /** Resolves after a turn that began after this call. */
  turn(): Promise<void>;
  /** Waits for the turn that is running; none follows it. */
  close(): Promise<void>;
}

export interface Turns {
  /** The longest pause between two turns. */
  readonly everyMs: number;
  /** One turn; returns the real time of the next one if it is known to be sooner than `everyMs`. */
  readonly run: () => Promise<Date | undefined | void>;
  /** Told of a turn that failed; the next one comes all the same. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Repeats `run` one turn after the other, never two at once. The timer does not keep the process alive. */
export function repeat({ everyMs, run, onError }: Turns): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let planned = Infinity;
  let running: Promise<void> | undefined;
  let closed = false;
  let asked = Infinity;

  const plan = (at: number) => {
    if (closed || at >= planned) return;
    clearTimeout(timer);
    planned = at;
    timer = setTimeout(() => void start(), Math.max(0, at - realNow().getTime())).unref();
  };
  const once = async () => {
    let next = realNow().getTime() + everyMs;
    try {
      const known = await run();
      if (known) next = Math.min(next, known.getTime());
    } catch (error) {
      onError?.(error);
    }
    running = undefined;
    plan(Math.min(next, asked));
    asked = Infinity;
  };
  const start = (): Promise<void> | undefined => {
    clearTimeout(timer);
    planned = Infinity;
    if (!closed) running ??= once();
    return running;
  };
  const wake = (at = realNow()) => {
    if (running) asked = Math.min(asked, at.getTime());
    else plan(at.getTime());
  };
  wake();
  return {
    wake,
    async turn() {
      while (running) await running;
      await start();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      while (running) await running;
    },
  };
}
