import { idemName, idemPart, type IdemState } from './idem-part.ts';
import type { Decided, Intent, Recorded } from './intent.ts';
import { item, type AnyPart, type Item, type Scoped, type View } from './part.ts';

export interface Queued {
  readonly intent: Intent;
  readonly resolve: (result: Recorded) => void;
  readonly reject: (error: unknown) => void;
  /** When it arrived, in milliseconds of the steady clock. */
  readonly since?: number;
}

export type States = Map<AnyPart, unknown>;

export interface BatchDecision {
  /** In the order of the queue; an error stands for an intent whose decision threw. */
  readonly results: readonly (Recorded | { readonly kind: 'failed'; readonly error: unknown })[];
  readonly writes: ReadonlyMap<AnyPart, Scoped<unknown>[]>;
}

/**
 * Decides a batch item by item in arrival order; each sees what those before it did. An intent's items
 * are accepted by every part or by none.
 */
export function decideBatch(queue: readonly Queued[], states: States): BatchDecision {
  const writes = new Map<AnyPart, Scoped<unknown>[]>();
  const view: View = { of: (part) => stateOf(states, part) as never };
  const results = queue.map(({ intent }) => {
    try {
      return decideOne(intent, view, states, writes);
    } catch (error) {
      return { kind: 'failed' as const, error };
    }
  });
  return { results, writes };
}

function decideOne(
  intent: Intent,
  view: View,
  states: States,
  writes: Map<AnyPart, Scoped<unknown>[]>,
): Recorded {
  const stored = (stateOf(states, idemPart) as IdemState).get(
    idemName(intent.org, intent.idempotency),
  );
  if (stored) {
    if (!stored.hash.equals(intent.idempotency.hash)) return { kind: 'conflict' };
    return { kind: 'replayed', status: stored.status, answer: stored.answer };
  }
  const decided = intent.decide(view);
  if (decided.kind === 'refuse') return { kind: 'refused', refusal: decided.refusal };
  if (decided.kind === 'stale') return { kind: 'stale' };
  return accept(intent, decided, states, writes);
}

function accept(
  intent: Intent,
  decided: Extract<Decided, { kind: 'accept' }>,
  states: States,
  writes: Map<AnyPart, Scoped<unknown>[]>,
): Recorded {
  const { status, answer, remembered = answer } = decided;
  const all = [
    item(idemPart, intent.org, { ...intent.idempotency, status, answer: remembered }),
    ...decided.items,
  ];
  const carries: (() => void)[] = [];
  for (const [part, byOrg] of grouped(all)) {
    for (const [org, items] of byOrg) {
      const outcome = part.decide(stateOf(states, part), org, items);
      if (typeof outcome !== 'function') return { kind: 'refused', refusal: outcome };
      carries.push(outcome);
    }
  }
  for (const carry of carries) carry();
  for (const { part, org, value } of all) {
    const list = writes.get(part);
    if (list) list.push({ org, value });
    else writes.set(part, [{ org, value }]);
  }
  return { kind: 'recorded', status, answer };
}

function grouped(items: readonly Item[]): Map<AnyPart, Map<number, unknown[]>> {
  const byPart = new Map<AnyPart, Map<number, unknown[]>>();
  for (const { part, org, value } of items) {
    let byOrg = byPart.get(part);
    if (!byOrg) byPart.set(part, (byOrg = new Map()));
    const list = byOrg.get(org);
    if (list) list.push(value);
    else byOrg.set(org, [value]);
  }
  return byPart;
}

function stateOf(states: States, part: AnyPart): unknown {
  if (!states.has(part)) states.set(part, part.blank?.() ?? null);
  return states.get(part);
}
