import { must } from '#kernel/refusal';
import { pause } from '#platform/clock';
import { holdLock } from '#platform/db/hold-lock';
import type { Database } from '#platform/db/transact';
import type { PastSales } from './past-sales.ts';
import { readPlan } from './plan-simulation.ts';
import { readSimulation } from './read-simulations.ts';
import { simulationRunning } from './refusals.ts';
import { runSimulation } from './run-simulation.ts';

export interface CarryOut {
  readonly db: Database;
  readonly past: PastSales;
  readonly org: number;
  readonly id: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  readonly keepEveryMs?: number | undefined;
  /** Waits until no other simulation of the org runs; else it is refused. */
  readonly patient: boolean;
}

const WAIT_MS = 1_000;

/**
 * Carries out a simulation that is planned; of an org one runs at a time.
 * @returns false if it had ended already, or was cancelled meanwhile
 * @throws Refused simulation_running; DOMException AbortError when it was interrupted; it can be taken up again
 */
export async function carryOut(work: CarryOut): Promise<boolean> {
  const { db, org, id, signal } = work;
  let free = await holdLock(db, nameOf(org));
  while (free === undefined) {
    must(work.patient, simulationRunning);
    await pause(WAIT_MS, signal);
    signal.throwIfAborted();
    free = await holdLock(db, nameOf(org));
  }
  try {
    const [simulation, plan] = await Promise.all([
      db.read([org], (tx) => readSimulation(tx, org, id)),
      readPlan(db, org, id),
    ]);
    if (plan === undefined) return false;
    return await runSimulation({ ...work, simulation, plan });
  } finally {
    await free();
  }
}

function nameOf(org: number): string {
  return `offers.simulate:${org}`;
}
