import type { Database } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import { repeat } from '#platform/repeat';
import { lookBetween, lookForXfers, readXfers, type XferRow, XFERS_MAX } from './due-xfers.ts';
import { markPosted, putOff, standsAtPeer } from './mark-xfers.ts';
import { peerIntent, type SentXfer } from './post-peer.ts';
import { xfersSent } from './sent.ts';

/** Carries what books owe each other: posts the peer's side of every transfer, at least once, effective once. */
export interface Relay {
  wake(): void;
  /** Carries one transfer now. @throws if the peer's side cannot be posted; it is then tried again later. */
  deliver(org: number, xferId: string): Promise<void>;
  /** Carries what one book has sent another, in order, as far as it can be posted now. */
  carryBetween(org: number, peer: number): Promise<void>;
  /** Carries all that is due now; for tests, replays and draining. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface RelaySettings {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly onError?: ((error: unknown, xfer: SentXfer) => void) | undefined;
}

const POLL_MS = 1000;

/** Woken by every commit that sends; polls for what other processes sent. */
export function openRelay(settings: RelaySettings): Relay {
  const { db } = settings;
  const run = async () => {
    for (;;) {
      const due = await lookForXfers(db);
      const rows = await readXfers(db, due);
      const pairs = [...Map.groupBy(rows, ({ org, peer }) => `${org}/${peer.org}`).values()];
      await Promise.all(pairs.map((pair) => carryPair(settings, pair)));
      if (due.length < XFERS_MAX) return undefined;
    }
  };
  const loop = repeat({ everyMs: POLL_MS, run });
  const deaf = xfersSent.hear(() => loop.wake());
  return {
    wake: () => loop.wake(),
    settle: () => loop.turn(),
    async deliver(org, xferId) {
      const [row] = await readXfers(db, [{ org_id: org, xfer_id: xferId }]);
      if (row && !(await carry(settings, [row])))
        throw new Error(`transfer ${xferId} could not be posted`);
    },
    async carryBetween(org, peer) {
      const rows = await readXfers(db, await lookBetween(db, org, peer));
      if (rows.length > 0) await carryPair(settings, rows);
    },
    async close() {
      deaf();
      await loop.close();
    },
  };
}

/**
 * Transfers between two books go in order where order matters: grants may pass each other, but nothing
 * is taken back before what was sent earlier stands.
 */
async function carryPair(settings: RelaySettings, rows: readonly XferRow[]): Promise<void> {
  let together: XferRow[] = [];
  for (const row of rows) {
    if (row.peer.takeBack && together.length > 0) {
      if (!(await carry(settings, together))) return;
      together = [];
    }
    together.push(row);
  }
  await carry(settings, together);
}

/** Posts the peers' sides in one go, then marks what stands. @returns whether all stand. */
async function carry(settings: RelaySettings, rows: readonly XferRow[]): Promise<boolean> {
  const { db, recorder, onError } = settings;
  const failures = await Promise.all(
    rows.map(async (row) => {
      try {
        const { kind } = await recorder.record(peerIntent(row));
        return kind === 'recorded' || kind === 'replayed'
          ? undefined
          : new Error(`the peer's book answered ${kind}`);
      } catch (error) {
        return (await standsAtPeer(db, row)) ? undefined : error;
      }
    }),
  );
  const org = (rows[0] as XferRow).org;
  await db.transact([org], async (tx) => {
    await markPosted(
      tx,
      org,
      rows.filter((_, index) => failures[index] === undefined),
    );
    for (const [index, error] of failures.entries())
      if (error) await putOff(tx, rows[index] as XferRow, error);
  });
  failures.forEach((error, index) => error && onError?.(error, rows[index] as XferRow));
  return failures.every((error) => error === undefined);
}
