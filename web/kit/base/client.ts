import type * as access from '#access/contract';
import type * as catalog from '#catalog/contract';
import type * as coupons from '#coupons/contract';
import type * as insights from '#insights/contract';
import type * as members from '#members/contract';
import type * as merchants from '#merchants/contract';
import type * as offers from '#offers/contract';
import type * as partners from '#partners/contract';
import type * as payments from '#payments/contract';
import type * as rewards from '#rewards/contract';
import type { OperationSpec } from '#platform/contract';
import type { z } from 'zod';
import { type Problem, problemOf, unreachable } from './problem.ts';

type Rooms = typeof access &
  typeof catalog &
  typeof coupons &
  typeof insights &
  typeof members &
  typeof merchants &
  typeof offers &
  typeof partners &
  typeof payments &
  typeof rewards;

/** Every operation of the API by its id. */
export type Operations = {
  [K in keyof Rooms as Rooms[K] extends OperationSpec ? Rooms[K]['id'] : never]: Rooms[K];
};

type Given<O, K extends string> = O extends { readonly [P in K]: infer S extends z.ZodType }
  ? { readonly [P in K]: z.input<S> }
  : unknown;

/** What an operation is called with: its parameters, its query and its body, as far as it has them. */
export type Asked<O> = Given<O, 'params'> & Given<O, 'body'> & Partial<Given<O, 'query'>>;

/** What an operation answers with. */
export type Answered<O extends OperationSpec> = z.output<O['reply'][keyof O['reply'] & number]>;

export interface CallOptions {
  /** The same key for the same wish, however often it is sent: made once where the wish arises. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

export interface Client {
  /**
   * Calls an operation by its id.
   * @throws Problem as the server tells it, or with the code `unreachable`
   */
  call<K extends keyof Operations>(
    id: K,
    asked: Asked<Operations[K]>,
    options?: CallOptions,
  ): Promise<Answered<Operations[K]>>;
}

export interface ClientSettings {
  /** The bearer token of the session; null when signed out. */
  readonly token: () => string | null;
  readonly language: () => string;
  /** Told when the server no longer knows the session. */
  readonly onSignedOut: () => void;
}

interface Parts {
  readonly params?: Record<string, string | number>;
  readonly query?: Record<string, string | number | boolean | null | undefined>;
  readonly body?: unknown;
}

/** A typed client made from the contracts. */
export function openClient(settings: ClientSettings): Client {
  return {
    async call(id, asked, { key, signal } = {}) {
      const { default: operations } = await import('virtual:operations');
      const [method, path] = operations[id] as readonly [string, string];
      const { params, query, body } = asked as Parts;
      const token = settings.token();
      const answer = await fetch(urlOf(path, params, query), {
        method,
        headers: {
          'accept-language': settings.language(),
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(method !== 'GET' && { 'idempotency-key': key ?? crypto.randomUUID() }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        throw unreachable();
      });
      if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as never;
      const problem: Problem = await problemOf(answer);
      if (answer.status === 401 && token !== null) settings.onSignedOut();
      throw problem;
    },
  };
}

function urlOf(path: string, params: Parts['params'] = {}, query: Parts['query'] = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}
