import type { Intent, Recorded } from './intent.ts';
import type { Recorder } from './record.ts';

/** A hot write made from what was read; recording it is all that is left. */
export interface Ready {
  readonly intent: Intent;
  /** Makes it anew after the record called it stale. @throws Refused when that does not help */
  again(): Promise<Ready>;
}

export type Settled = Exclude<Recorded, { readonly kind: 'stale' }>;

/** Records a write, making it again as often as it was made from old data. */
export async function recordReady(recorder: Recorder, first: Ready): Promise<Settled> {
  for (let ready = first; ; ready = await ready.again()) {
    const result = await recorder.record(ready.intent);
    if (result.kind !== 'stale') return result;
  }
}
