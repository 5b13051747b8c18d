import { int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';
import { newId } from '#kernel/ids';
import { type Signal, signal } from '#platform/signal';

/** A timer: at `dueAt` of the org's clock the handler of `kind` runs, once per `dedupe`. */
export interface Timer {
  readonly kind: string;
  /** Unique per org and kind: setting it again moves the timer. */
  readonly dedupe: string;
  readonly dueAt: Date;
  readonly payload?: unknown;
}

/** What a hot write may do with timers; `done` ends the timer that a handler is carrying out. */
export type TimerItem =
  | { readonly set: Timer }
  | { readonly cancel: { readonly kind: string; readonly dedupe: string } }
  | { readonly done: string };

type Items = readonly Scoped<TimerItem>[];
type Set = { readonly org: number; readonly timer: Timer };
type Name = { readonly org: number; readonly kind: string; readonly dedupe: string };

/** Says when a timer was set, with its due time. */
export const timerSet: Signal<Date> = signal();

/**
 * Sets, moves, cancels and ends timers in the transaction of a hot write. Name it among the needs:
 * `need(timerPart, org, undefined)`.
 */
export const timerPart: Part<undefined, undefined, TimerItem> = {
  name: 'timer',
  rank: 2,
  lock: async () => undefined,
  decide: () => () => undefined,
  write: (tx, items) => writeTimers(tx, items),
  committed(items) {
    for (const { value } of items) if ('set' in value) timerSet.say(value.set.dueAt);
  },
};

/** Writes the last word on each timer. Issues its statements before its first await. */
export async function writeTimers(tx: Tx, items: Items): Promise<void> {
  const sets = new Map<string, Set>();
  const cancels = new Map<string, Name>();
  const done = items.flatMap(({ org, value }) =>
    'done' in value ? [{ org, id: value.done }] : [],
  );
  for (const { org, value } of items) {
    if ('done' in value) continue;
    const { kind, dedupe } = 'set' in value ? value.set : value.cancel;
    const key = JSON.stringify([org, kind, dedupe]);
    sets.delete(key);
    cancels.delete(key);
    if ('set' in value) sets.set(key, { org, timer: value.set });
    else cancels.set(key, { org, kind, dedupe });
  }
  // The timer being carried out ends before its name is given to a new one.
  await Promise.all([
    endTimers(tx, done),
    insertTimers(tx, inOrder(sets)),
    deleteTimers(tx, [...cancels.values()]),
  ]);
}

/** Two writers that move the same timers never wait for each other in a ring. */
function inOrder(sets: ReadonlyMap<string, Set>): Set[] {
  return [...sets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => set);
}

async function endTimers(tx: Tx, done: readonly { org: number; id: string }[]): Promise<void> {
  if (done.length === 0) return;
  await tx.change(
    'timer_done',
    `delete from platform.timer t using unnest($1::bigint[], $2::uuid[]) u(o, i)
      where t.org_id = u.o and t.timer_id = u.i`,
    [int8s(done.map(({ org }) => org)), uuids(done.map(({ id }) => id))],
  );
}

async function insertTimers(tx: Tx, sets: readonly Set[]): Promise<void> {
  if (sets.length === 0) return;
  await tx.change(
    'timer_set',
    `insert into platform.timer (org_id, timer_id, kind, dedupe, due_at, payload, wake_at)
     select u.o, u.i, u.k, u.d, u.t, u.p::jsonb,
            case when c.now is null then u.t when u.t <= c.now then now() end
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[]) u(o, i, k, d, t, p)
       left join platform.clock c on c.org_id = u.o
     on conflict (org_id, kind, dedupe) do update set timer_id = excluded.timer_id, due_at = excluded.due_at,
       payload = excluded.payload, wake_at = excluded.wake_at, attempts = 0, last_error = null`,
    [
      int8s(sets.map(({ org }) => org)),
      uuids(sets.map(() => newId())),
      texts(sets.map(({ timer }) => timer.kind)),
      texts(sets.map(({ timer }) => timer.dedupe)),
      timestamps(sets.map(({ timer }) => timer.dueAt)),
      texts(sets.map(({ timer }) => JSON.stringify(timer.payload ?? {}))),
    ],
    sets.length,
  );
}

async function deleteTimers(tx: Tx, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return;
  await tx.change(
    'timer_cancel',
    `delete from platform.timer t using unnest($1::bigint[], $2::text[], $3::text[]) u(o, k, d)
      where t.org_id = u.o and t.kind = u.k and t.dedupe = u.d`,
    [
      int8s(names.map(({ org }) => org)),
      texts(names.map(({ kind }) => kind)),
      texts(names.map(({ dedupe }) => dedupe)),
    ],
  );
}
