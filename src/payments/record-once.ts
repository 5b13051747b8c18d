import { Refused } from '#kernel/refusal';
import type { Recorded } from '#platform/record/intent';
import { keyConflict } from './refusals.ts';

/** A write's answer: JSON text that was stored with it; `replayed` if it had been given before. */
export interface Written {
  readonly status: number;
  readonly json: string;
  readonly replayed: boolean;
}

/** The caller's Idempotency-Key and the hash of the request it came with. */
export interface RequestKey {
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
}

/** @throws Refused on a refusal or on a key that came with another request. */
export function written(result: Exclude<Recorded, { kind: 'stale' }>): Written {
  if (result.kind === 'refused') throw new Refused(result.refusal);
  if (result.kind === 'conflict') throw new Refused(keyConflict());
  return { status: result.status, json: result.answer, replayed: result.kind === 'replayed' };
}
