import type { Leaf } from '../rule/definition.ts';

/** Works something out once per condition, however many ways it stands in: lists may hold a thousand names. */
export function perLeaf<Value>(of: (leaf: Leaf) => Value): (leaf: Leaf) => Value {
  const known = new WeakMap<Leaf, { readonly value: Value }>();
  return (leaf) => {
    let found = known.get(leaf);
    if (!found) known.set(leaf, (found = { value: of(leaf) }));
    return found.value;
  };
}
