import type pg from 'pg';

interface Corked {
  cork(): void;
  uncork(): void;
}

/** Sends all that `issue` asks of a pipelined connection in one write. */
export function together<T>(client: pg.Client, issue: () => T): T {
  // pg corks its own stream for each message; it names the stream nowhere in its types.
  const { stream } = (client as unknown as { connection: { stream: Corked } }).connection;
  stream.cork();
  try {
    return issue();
  } finally {
    stream.uncork();
  }
}
