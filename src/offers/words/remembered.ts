import type { Text } from '#kernel/refusal';

/**
 * The words of something that never changes, remembered as long as it lives: a quote says the same of
 * a thousand offers again and again.
 */
export function remembered<Key extends object>(words: (key: Key) => Text): (key: Key) => Text {
  const known = new WeakMap<Key, Text>();
  return (key) => {
    let said = known.get(key);
    if (said === undefined) known.set(key, (said = words(key)));
    return said;
  };
}
