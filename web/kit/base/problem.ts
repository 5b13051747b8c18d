/** A fault of one field, by JSON pointer into the body. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What went wrong, as the server said it (RFC 9457), in the language that was asked for. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly fix: string;
  readonly requestId: string | null;
  readonly fields: readonly FieldProblem[];

  constructor(told: {
    readonly code: string;
    readonly status: number;
    readonly detail: string;
    readonly fix?: string;
    readonly requestId?: string | null;
    readonly fields?: readonly FieldProblem[];
  }) {
    super(told.detail);
    this.code = told.code;
    this.status = told.status;
    this.fix = told.fix ?? '';
    this.requestId = told.requestId ?? null;
    this.fields = told.fields ?? [];
  }
}

interface Document {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly fix?: string;
  readonly request_id?: string;
  readonly errors?: readonly FieldProblem[];
}

/** Reads a refusal of the server. */
export async function problemOf(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as Document;
  return new Problem({
    code: told.code ?? 'unknown',
    status: answer.status,
    detail: told.detail ?? told.title ?? answer.statusText,
    ...(told.fix !== undefined && { fix: told.fix }),
    requestId: told.request_id ?? answer.headers.get('x-request-id'),
    fields: told.errors ?? [],
  });
}

/** The server did not answer at all; whether it did what was asked is not known. */
export function unreachable(): Problem {
  return new Problem({ code: 'unreachable', status: 0, detail: '' });
}
