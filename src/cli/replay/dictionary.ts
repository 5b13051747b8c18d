import type { Reading } from './field.ts';

/**
 * The distinct texts of one column, each read once and numbered from 0 in order of appearance, so
 * that a line of a file is a few integers.
 */
export class Dictionary<T> {
  readonly texts: string[] = [];
  readonly values: T[] = [];
  readonly #ids = new Map<string, number>();
  readonly #read: Reading<T>;

  constructor(read: Reading<T>) {
    this.#read = read;
  }

  /** The number of a text; -1 if the text is not legal. */
  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    const value = this.#read(own);
    if (value === undefined) return -1;
    this.#ids.set(own, this.values.length);
    this.texts.push(own);
    return this.values.push(value) - 1;
  }

  text(id: number): string {
    return this.texts[id] as string;
  }

  value(id: number): T {
    return this.values[id] as T;
  }
}

/** A copy that does not keep the chunk of the file alive which V8 cut the text out of. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
