import { signal } from '#platform/signal';

/** Says that transfers to other books were written. */
export const xfersSent = signal();
