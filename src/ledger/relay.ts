import { realNow } from '#platform/clock';
import type { Database, Tx } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import { repeat } from '#platform/repeat';
import { backOffMs } from '#platform/timer/carry-out';
import { peerIntent, type SentXfer } from './post-peer.ts';
import { xfersSent } from './sent.ts';

/** Carries what books owe each other: posts the peer's side of every transfer, at least once, effective once. */
export interface Relay {
  wake(): void;
  /** Carries one transfer now. @throws if the peer's side cannot be posted; it is then tried again later. */
  deliver(org: number, xferId: string): Promise<void>;
  /** Carries all that is due now; for tests, replays and draining. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface RelaySettings {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly onError?: ((error: unknown, xfer: SentXfer) => void) | undefined;
}

interface Row extends SentXfer {
  readonly attempts: number;
}

const POLL_MS = 1000;
const BATCH_MAX = 1000;

/** Woken by every commit that sends; polls for what other processes sent. */
export function openRelay(settings: RelaySettings): Relay {
  const { db } = settings;
  const run = async () => {
    for (;;) {
      const due = await lookFor(db);
      const rows = await read(db, due);
      const pairs = [...Map.groupBy(rows, ({ org, peer }) => `${org}/${peer.org}`).values()];
      await Promise.all(pairs.map((pair) => carryPair(settings, pair)));
      if (due.length < BATCH_MAX) return undefined;
    }
  };
  const loop = repeat({ everyMs: POLL_MS, run });
  const deaf = xfersSent.hear(() => loop.wake());
  return {
    wake: () => loop.wake(),
    settle: () => loop.turn(),
    async deliver(org, xferId) {
      const [row] = await read(db, [{ org_id: org, xfer_id: xferId }]);
      if (row && !(await carry(settings, [row])))
        throw new Error(`transfer ${xferId} could not be posted`);
    },
    async close() {
      deaf();
      await loop.close();
    },
  };
}

interface Due {
  readonly org_id: number;
  readonly xfer_id: string;
}

/** What is due and has no earlier transfer of the same two books that is put off. */
function lookFor(db: Database): Promise<Due[]> {
  return db.sweep((tx) =>
    tx.prepared<Due>(
      'xfer_due',
      `select x.org_id, x.xfer_id from ledger.xfer x
        where x.state = 'sent' and x.due_at <= $1 and not exists (
          select from ledger.xfer p
           where p.org_id = x.org_id and p.peer_org = x.peer_org and p.state = 'sent'
             and p.xfer_id < x.xfer_id and p.due_at > $1)
        order by x.xfer_id limit $2`,
      [realNow(), BATCH_MAX],
    ),
  );
}

async function read(db: Database, due: readonly Due[]): Promise<Row[]> {
  if (due.length === 0) return [];
  const orgs = due.map(({ org_id: org }) => org);
  return db.read([...new Set(orgs)], (tx) =>
    tx.query<Row>(
      `select x.org_id org, x.xfer_id "xferId", x.peer, x.attempts, j.occurred_at "occurredAt",
              j.value_date "valueDate"
         from unnest($1::bigint[], $2::uuid[]) u(o, i)
         join ledger.xfer x on x.org_id = u.o and x.xfer_id = u.i and x.dir = 'out' and x.state = 'sent'
         join ledger.journal j on j.org_id = x.org_id and j.journal_id = x.journal_id
        order by x.xfer_id`,
      [orgs, due.map(({ xfer_id: id }) => id)],
    ),
  );
}

/**
 * Transfers between two books go in order where order matters: grants may pass each other, but nothing
 * is taken back before what was sent earlier stands.
 */
async function carryPair(settings: RelaySettings, rows: readonly Row[]): Promise<void> {
  let together: Row[] = [];
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
async function carry(settings: RelaySettings, rows: readonly Row[]): Promise<boolean> {
  const { db, recorder, onError } = settings;
  const failures = await Promise.all(
    rows.map(async (row) => {
      try {
        const { kind } = await recorder.record(peerIntent(row));
        return kind === 'recorded' || kind === 'replayed'
          ? undefined
          : new Error(`the peer's book answered ${kind}`);
      } catch (error) {
        return (await stands(db, row)) ? undefined : error;
      }
    }),
  );
  const org = (rows[0] as Row).org;
  await db.transact([org], async (tx) => {
    await mark(
      tx,
      org,
      rows.filter((_, index) => failures[index] === undefined),
    );
    for (const [index, error] of failures.entries())
      if (error) await putOff(tx, rows[index] as Row, error);
  });
  failures.forEach((error, index) => error && onError?.(error, rows[index] as Row));
  return failures.every((error) => error === undefined);
}

/** Stored answers live 30 days; a transfer posted before that is known by its receiving row. */
function stands(db: Database, { xferId, peer }: Row): Promise<boolean> {
  return db.read([peer.org], async (tx) => {
    const found = await tx.query(
      "select from ledger.xfer where org_id = $1 and xfer_id = $2 and dir = 'in'",
      [peer.org, xferId],
    );
    return found.length > 0;
  });
}

async function mark(tx: Tx, org: number, rows: readonly Row[]): Promise<void> {
  await tx.execute(
    "update ledger.xfer set state = 'posted' where org_id = $1 and xfer_id = any($2) and dir = 'out' and state = 'sent'",
    [org, rows.map(({ xferId }) => xferId)],
  );
}

async function putOff(tx: Tx, row: Row, error: unknown): Promise<void> {
  const attempts = Math.min(row.attempts + 1, 30_000);
  await tx.execute(
    "update ledger.xfer set attempts = $3, due_at = $4, last_error = $5 where org_id = $1 and xfer_id = $2 and dir = 'out'",
    [
      row.org,
      row.xferId,
      attempts,
      new Date(realNow().getTime() + backOffMs(attempts)),
      String(error).slice(0, 500),
    ],
  );
}
