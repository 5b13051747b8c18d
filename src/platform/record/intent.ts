import type { Refusal } from '#kernel/refusal';
import type { Item, Need, View } from './part.ts';

/**
 * Who asked for what, so that the same request is carried out once. Keys of people and API keys live 30 days at least;
 * those of the product and of imports stay. So do the offers' usage counters: a late refund gives uses back.
 */
export interface Idempotency {
  /** The principal the key belongs to, "key:<id>", "staff:<id>" or "system:<name>". */
  readonly principal: string;
  readonly key: string;
  /** Of the request, 32 bytes, keyed where it may hold personal data; the same key with another hash is a conflict. */
  readonly hash: Buffer;
}

/** What a decision gives: an answer and what is to be written, a refusal, or word that it saw old data. */
export type Decided =
  | {
      readonly kind: 'accept';
      readonly status: number;
      readonly answer: string;
      /** What a repetition of the request gets, if not `answer` itself: from it the verb makes the answer again. */
      readonly remembered?: string;
      readonly items: readonly Item[];
    }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | { readonly kind: 'stale' };

/** A hot write: what must be locked, and a pure decision on the locked state. */
export interface Intent {
  /** The book that the write belongs to; its lane carries it. */
  readonly org: number;
  /** Other books whose rows the parts touch. */
  readonly others?: readonly number[];
  readonly idempotency: Idempotency;
  readonly needs: readonly Need[];
  /** Synchronous and pure: it may run again for the same request. */
  decide(view: View): Decided;
}

export type Recorded =
  | { readonly kind: 'recorded' | 'replayed'; readonly status: number; readonly answer: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The intent was made from data that has changed since: make it again. */
  | { readonly kind: 'stale' };
