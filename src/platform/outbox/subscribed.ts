const counts = new Map<string, number>();

/**
 * Says that events of these types have a subscriber somewhere, so that they are written. Every process
 * that writes says it, also one that delivers nothing itself.
 * @returns what takes it back.
 */
export function declareTypes(types: Iterable<string>): () => void {
  const declared = new Set(types);
  for (const type of declared) counts.set(type, (counts.get(type) ?? 0) + 1);
  return () => {
    for (const type of declared) {
      const count = (counts.get(type) ?? 1) - 1;
      if (count === 0) counts.delete(type);
      else counts.set(type, count);
    }
    declared.clear();
  };
}

export function isSubscribed(type: string): boolean {
  return counts.has(type);
}
