import type pg from 'pg';

interface Corked {
  cork(): void;
  uncork(): void;
}

/** Sends all that `issue` asks of a pipelined connection in one write. */
export function together<T>(client: pg.Client, issue: () => T): T {
  const stream = streamOf(client);
  stream.cork();
  try {
    return issue();
  } finally {
    stream.uncork();
  }
}

/** As `together`, for what takes more than one turn to issue; nothing is sent before it has ended. */
export async function corked<T>(client: pg.Client, issue: () => Promise<T>): Promise<T> {
  const stream = streamOf(client);
  stream.cork();
  try {
    return await issue();
  } finally {
    stream.uncork();
  }
}

/** pg corks its own stream for each message; it names the stream nowhere in its types. */
function streamOf(client: pg.Client): Corked {
  return (client as unknown as { connection: { stream: Corked } }).connection.stream;
}
