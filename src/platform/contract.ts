import type { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { Ctx } from '#platform/context';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How often one caller may use an operation; `by` is the address or fields of the body. */
export interface Limit {
  readonly max: number;
  readonly windowSeconds: number;
  readonly by: 'ip' | readonly string[];
}

/**
 * An HTTP operation as data. It validates the server, prints OpenAPI and types the web client.
 * `scope` is a permission, or 'session' (any signed-in principal), or 'public'; there is no default.
 * Money is whole fen; names are snake_case; objects are strict, so an unknown field is refused.
 */
export interface OperationSpec {
  /** camelCase, unique: "takePayment". */
  readonly id: string;
  readonly method: Method;
  /** OpenAPI style: "/v1/payments/{payment_id}". */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly scope: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Schema by status; use `noContent` for 204. */
  readonly reply: Readonly<Record<number, z.ZodType>>;
  /** Codes of the refusals a caller must expect besides the common ones. */
  readonly refusals?: readonly string[];
  /** Whether `Idempotency-Key` is demanded. Default: yes for every method but GET. */
  readonly idempotent?: boolean;
  readonly limits?: readonly Limit[];
  /** Top-level fields of the body left out of the request hash, such as a password. */
  readonly secretFields?: readonly string[];
}

/** What came with the request besides its data. */
export interface Meta {
  /** Empty where the operation demands none. */
  readonly idempotencyKey: string;
  /** Keyed hash of method, path and raw body; without the body's secret fields. */
  readonly requestHash: Buffer;
  readonly ip: string;
  /** The Accept header; empty if none. Reports answer `text/csv` with CSV. */
  readonly accept: string;
  /** The bearer token as sent, for sign-out; empty if none. Never log it. */
  readonly authorization: string;
}

type Part<O, K extends string> = O extends { readonly [P in K]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

export interface Input<O extends OperationSpec> {
  readonly params: Part<O, 'params'>;
  readonly query: Part<O, 'query'>;
  readonly body: Part<O, 'body'>;
  readonly meta: Meta;
}

/** The answer of a handler: one of the declared statuses with its body. */
export type ReplyOf<O extends OperationSpec> = {
  [S in keyof O['reply']]: {
    readonly status: S;
    readonly body: O['reply'][S] extends z.ZodType ? z.input<O['reply'][S]> : never;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof O['reply']];

/** An answer that is text already; it is sent as it is, as JSON unless a header says its content type. */
export class Raw {
  readonly status: number;
  readonly json: string;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(status: number, json: string, headers?: Readonly<Record<string, string>>) {
    this.status = status;
    this.json = json;
    this.headers = headers;
  }
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of a declared status; `answer(204, undefined)` has no content. */
export function answer<const S extends number, B>(
  status: S,
  body: B,
  headers?: Readonly<Record<string, string>>,
): { readonly status: S; readonly body: B; readonly headers?: Readonly<Record<string, string>> } {
  return headers ? { status, body, headers } : { status, body };
}

/** An operation with its handler, as the server takes it. */
export interface Route {
  readonly operation: OperationSpec;
  readonly handle: (ctx: Ctx, input: never) => Answer | Raw | Promise<Answer | Raw>;
}

export const noContent = z.undefined();

/** Declares an operation. @throws TypeError on a spec that could not be served as described. */
export function operation<const O extends OperationSpec>(spec: O): O {
  const wrong = (why: string) => new TypeError(`operation ${spec.id}: ${why}`);
  if (!/^[a-z][A-Za-z0-9]*$/.test(spec.id)) throw wrong('an id is camelCase');
  if (!spec.scope) throw wrong("names no scope; say a permission, 'session' or 'public'");
  const inPath = new Set(
    Array.from(spec.path.matchAll(/\{(\w+)\}/g), (match) => match[1] as string),
  );
  const declared = new Set(Object.keys(spec.params?.shape ?? {}));
  if (inPath.size !== declared.size || ![...inPath].every((name) => declared.has(name)))
    throw wrong('path and params name different parameters');
  if (spec.method === 'GET' && spec.body) throw wrong('a GET has no body');
  if (Object.keys(spec.reply).length === 0) throw wrong('declares no reply');
  return spec;
}

/** Ties an operation to its handler. */
export function bind<O extends OperationSpec>(
  spec: O,
  handle: (ctx: Ctx, input: Input<O>) => ReplyOf<O> | Raw | Promise<ReplyOf<O> | Raw>,
): Route {
  return { operation: spec, handle: handle as unknown as Route['handle'] };
}

export function demandsKey(spec: OperationSpec): boolean {
  return spec.idempotent ?? spec.method !== 'GET';
}

/** A UUID; upper case is accepted and lowered. */
export const uuid = z.uuid().toLowerCase();

/** A calendar day of the years that PostgreSQL, JavaScript and ISO 8601 count alike. */
export const day = z.iso
  .date()
  .refine(
    (text) => text >= '0001-01-01',
    fault('年份须在 0001 至 9999 之间', 'the year must be from 0001 to 9999'),
  );

const FIRST_MS = Date.parse('0001-01-02T00:00:00Z');
const LAST_MS = Date.parse('9999-12-30T00:00:00Z');

const inYears = (ms: number) => ms >= FIRST_MS && ms <= LAST_MS;

/** An instant with its offset; it falls into the years 0001 to 9999 in every time zone. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(
    (text) => inYears(Date.parse(text)),
    fault('年份须在 0001 至 9999 之间', 'the year must be from 0001 to 9999'),
  );

/** The query of every list: spread it into the operation's own `z.strictObject`. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(50)
    .meta({
      description: 'How many items; 50 unless said.',
      type: 'integer',
      minimum: 1,
      maximum: 200,
      pattern: undefined,
    }),
  cursor: z
    .string()
    .max(1024)
    .optional()
    .meta({ description: '`next_cursor` of the page before.' }),
};

/** The reply of every list. `next_cursor` is null on the last page. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** Parameters of a refinement whose sentence must exist in both languages. */
export function fault(
  zh: string,
  en: string,
): { message: string; params: { zh: string; en: string } } {
  return { message: en, params: { zh, en } };
}
