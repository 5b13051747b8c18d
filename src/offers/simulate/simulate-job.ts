import type { JobKind } from '#platform/jobs/open-jobs';
import type { Database } from '#platform/db/transact';
import { forgetState } from './checkpoint.ts';
import { planSimulation } from './plan-simulation.ts';
import { readSimulation } from './read-simulations.ts';
import type { Simulator } from './simulator.ts';

export const SIMULATE = 'simulate-offer';

/** Carries a planned simulation out where it does not hold up the sales of this process. */
export type SimulateApart = (org: number, id: string, signal: AbortSignal) => Promise<void>;

interface Sent {
  readonly org: number;
  readonly id: string;
}

/** The job that carries simulations out. What cannot succeed is noted with the simulation. */
export function simulateJob(
  simulator: Simulator,
  apart: SimulateApart,
  onError: (error: unknown) => void,
): JobKind {
  return {
    name: SIMULATE,
    async work(data, signal) {
      const { org, id } = data as Sent;
      try {
        const simulation = await simulator.db.read([org], (tx) => readSimulation(tx, org, id));
        if (simulation.state !== 'queued' && simulation.state !== 'running') return;
        await planSimulation(simulator, org, simulation);
        await apart(org, id, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        onError(error);
        await failSimulation(simulator.db, org, id);
      }
    },
  };
}

const FAULT = {
  zh: '模拟未能完成，原因见运行日志；可以重新发起。',
  en: 'The simulation could not be carried out; the log of the product says why. You may start it again.',
};

function failSimulation(db: Database, org: number, id: string): Promise<void> {
  return db.transact([org], async (tx) => {
    await tx.execute(
      `update offers.simulation set state = 'failed', fault = $3, plan = null, updated_at = now()
        where org_id = $1 and simulation_id = $2 and state in ('queued', 'running')`,
      [org, id, JSON.stringify(FAULT)],
    );
    await forgetState(tx, org, id);
  });
}
