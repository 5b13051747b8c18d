import type { Refusal } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';

/** A value and the org (book) whose rows it concerns. */
export interface Scoped<T> {
  readonly org: number;
  readonly value: T;
}

/**
 * One room's share in a hot write. For a whole batch it locks what the writes need, answers on the
 * locked state whether a write may be, and writes all that were accepted.
 */
export interface Part<Want, State, Item> {
  readonly name: string;
  /** Locks run in ascending rank, the floors' order, so that two lanes cannot deadlock. */
  readonly rank: number;
  /** Issues its statements before its first await: the lane pipelines the parts' statements. */
  lock(tx: Tx, wants: readonly Scoped<Want>[]): Promise<State>;
  /** The state where no intent of the batch asked for a lock; null if left out. */
  blank?(): State;
  /** Refuses, or returns what carries the items into the state for those decided later. */
  decide(state: State, org: number, items: readonly Item[]): Refusal | (() => void);
  /** Issues its statements before its first await; throws if a row count is not what was decided. */
  write(tx: Tx, items: readonly Scoped<Item>[], state: State): Promise<unknown>;
  /** Told what is durable now, to wake what works behind the writes; must not throw or wait. */
  committed?(items: readonly Scoped<Item>[]): void;
}

export type AnyPart = Part<unknown, unknown, unknown>;

/** What an intent wants locked: `value` of `part` in the book of `org`. */
export interface Need {
  readonly part: AnyPart;
  readonly org: number;
  readonly value: unknown;
}

/** What an intent writes: `value` by `part` in the book of `org`. Same shape, other moment. */
export type Item = Need;

export function need<Want, State, I>(part: Part<Want, State, I>, org: number, value: Want): Need {
  return { part, org, value };
}

export function item<Want, State, I>(part: Part<Want, State, I>, org: number, value: I): Item {
  return { part, org, value };
}

/** The locked state of a batch, as a decision may look at it. */
export interface View {
  of<State>(part: Part<never, State, never>): State;
}
