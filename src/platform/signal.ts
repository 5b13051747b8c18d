/** Word inside one process that there is work; only to be quicker than polling, never relied upon. */
export interface Signal<T> {
  say(word: T): void;
  /** @returns what ends the listening. */
  hear(listener: (word: T) => void): () => void;
}

export function signal<T = void>(): Signal<T> {
  const listeners = new Set<(word: T) => void>();
  return {
    say(word) {
      for (const listener of listeners) listener(word);
    },
    hear(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
