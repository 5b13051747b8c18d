import type { Database } from '#platform/db/transact';
import type { Intent, Recorded } from './intent.ts';
import { openLane } from './lane.ts';

/** The group commit: hot writes of many callers in few transactions, decided in arrival order per book. */
export interface Recorder {
  /**
   * Carries out an intent once. Resolves when the result is durable.
   * @throws if the decision threw, a row count was not what was decided, or the database stayed away.
   */
  record(intent: Intent): Promise<Recorded>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface RecorderSettings {
  readonly lanes?: number;
  readonly batchMax?: number;
  readonly patienceMs?: number;
}

export function openRecorder(db: Database, settings: RecorderSettings = {}): Recorder {
  const { lanes: count = 2, batchMax = 256, patienceMs = 20_000 } = settings;
  const lanes = Array.from({ length: count }, () =>
    openLane(db, { batchMax, wantsMax: batchMax * 16, patienceMs }),
  );
  return {
    record(intent) {
      const lane = lanes[laneOf(intent.org, count)] as (typeof lanes)[number];
      return new Promise((resolve, reject) => lane.push({ intent, resolve, reject }));
    },
    async idle() {
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

function laneOf(org: number, count: number): number {
  return (Math.imul(org | 0, 0x9e37_79b1) >>> 16) % count;
}
