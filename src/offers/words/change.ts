import type { Text } from '#kernel/refusal';
import { sentence } from './glue.ts';

/** One thing that differs: where it stands in the definition, and what it was and is. */
export interface Change {
  /** JSON pointer into the definition, of the newer one unless it is gone there. */
  readonly pointer: string;
  readonly text: Text;
}

type Say = (pointer: string, said: Text) => void;

/** Collects the differences between two rules, field by field. */
export interface Differences {
  readonly found: Change[];
  readonly say: Say;
}

export function differences(): Differences {
  const found: Change[] = [];
  return { found, say: (pointer, said) => void found.push({ pointer, text: sentence(said) }) };
}
