import { insideTransaction } from '#platform/db/transact';

const TIMEOUT_MS = 10_000;

/**
 * The only door to other hosts. A transaction that waited on a stranger would hold its locks as long as
 * the stranger likes, so asking inside one is a bug.
 * @throws Error inside a database transaction; TimeoutError after 10 s unless `init.signal` says otherwise.
 */
export async function ask(url: string | URL, init: RequestInit = {}): Promise<Response> {
  if (insideTransaction()) {
    throw new Error(
      `asked ${new URL(url).host} inside a database transaction; ask before or after it`,
    );
  }
  return fetch(url, {
    redirect: 'error',
    ...init,
    signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
  });
}
