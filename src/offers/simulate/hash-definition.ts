import { createHash } from 'node:crypto';
import type { Definition } from '../rule/definition.ts';

/** The same for the same offer, in whatever order its fields were written or stored. */
export function hashDefinition(definition: Definition): Buffer {
  const text = JSON.stringify(definition, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest();
}
