import { uuidv7, V7Generator } from 'uuidv7';

/** A new UUIDv7 of real time, as lower-case text. */
export function newId(): string {
  return uuidv7();
}

const random = new Uint32Array(256);
let used = random.length;
const source = {
  nextUint32(): number {
    if (used === random.length) {
      crypto.getRandomValues(random);
      used = 0;
    }
    return random[used++] as number;
  },
};

const TIME = 13;
const NUMBERED = 23;
const numbered = new Set<string>();
let time = '';

/**
 * As `newId`, for what is known by the first 74 bits of its id, as a payment is by its receipt number: no two of a
 * process share them. Ids of one millisecond do not ascend.
 */
export function newNumberedId(): string {
  for (;;) {
    const id = new V7Generator(source).generate().toString();
    if (!id.startsWith(time) || time === '') {
      time = id.slice(0, TIME);
      numbered.clear();
    }
    const number = id.slice(0, NUMBERED);
    if (numbered.has(number)) continue;
    numbered.add(number);
    return id;
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isId(text: string): boolean {
  return UUID.test(text);
}
