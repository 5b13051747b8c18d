import { Worker } from 'node:worker_threads';
import type { SimulateApart } from '#offers';

const HEAP_MB = 768;

/** What a simulation's thread is told. */
export interface ThreadTold {
  readonly url: string;
  readonly org: number;
  readonly id: string;
}

/**
 * Carries simulations out in a thread of their own, so that the sales of this one do not wait. One that is
 * interrupted is ended at once: it goes on from what it put away last.
 */
export function simulateApart(url: string): SimulateApart {
  return (org, id, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./simulation-thread.ts', import.meta.url), {
        workerData: { url, org, id } satisfies ThreadTold,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      const stop = () => void worker.terminate();
      signal.addEventListener('abort', stop, { once: true });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        signal.removeEventListener('abort', stop);
        if (signal.aborted) reject(signal.reason as Error);
        else if (code === 0) resolve();
        else reject(new Error(`the thread of simulation ${id} ended with ${code}`));
      });
    });
}
