/** Reads many keys at once; a key without a value is left out of the answer. */
export type Load<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>;

interface Waiting<K, V> {
  readonly key: K;
  readonly resolve: (value: V | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers the look-ups of many callers into one query: while a read is in flight the next ones wait, and
 * then go together. A look-up is only ever answered by a read that began after it was asked, so it is as
 * fresh as a query of its own.
 * @param load one statement for all keys.
 * @param keyOf the name of a key in the answer of `load`.
 */
export function gathered<K, V>(
  load: Load<K, V>,
  keyOf: (key: K) => string,
  keysMax = 512,
): (key: K) => Promise<V | undefined> {
  let waiting: Waiting<K, V>[] = [];
  let running = false;
  const run = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, keysMax);
      waiting = waiting.slice(keysMax);
      await answer(load, keyOf, batch);
    }
    running = false;
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (running) return;
      running = true;
      // One turn of the event loop gathers what arrives together.
      setImmediate(() => void run());
    });
}

async function answer<K, V>(
  load: Load<K, V>,
  keyOf: (key: K) => string,
  batch: readonly Waiting<K, V>[],
): Promise<void> {
  const keys = new Map(batch.map(({ key }) => [keyOf(key), key]));
  try {
    const found = await load([...keys.values()]);
    for (const { key, resolve } of batch) resolve(found.get(keyOf(key)));
  } catch (error) {
    if (keys.size === 1 || !isOfData(error)) return batch.forEach(({ reject }) => reject(error));
    // One key that the server cannot read must not fail its neighbours.
    const half = batch.length >> 1;
    await answer(load, keyOf, batch.slice(0, half));
    await answer(load, keyOf, batch.slice(half));
  }
}

/** SQLSTATE class 22, such as text that holds a NUL. */
function isOfData(error: unknown): boolean {
  return (error as { code?: string }).code?.startsWith('22') === true;
}
