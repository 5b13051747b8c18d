/** The first word that all of the sets admit; undefined for none, or without sets. */
export function shared<T>(sets: readonly ReadonlySet<T>[]): T | undefined {
  const [first, ...others] = sets;
  return first && [...first].find((word) => others.every((set) => set.has(word)));
}
