/** A sentence in both languages of the product. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type Locale = keyof Text;

/** One field that is wrong: a JSON pointer into the request, and what would be legal. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: Text;
}

/**
 * Why a request was not carried out: what was wrong and what to do. `code` is stable and
 * snake_case; `status` is the HTTP status it becomes.
 */
export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly detail: Text;
  readonly fix: Text;
  readonly errors?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;
}

/** Thrown by a verb; the HTTP edge turns it into a problem document (RFC 9457). */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.detail.en}`);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Throws the refusal unless `holds`. */
export function must(holds: unknown, refusal: () => Refusal): asserts holds {
  if (!holds) throw new Refused(refusal());
}
