import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { forgetState } from './checkpoint.ts';
import { readSimulation } from './read-simulations.ts';
import { simulationOver } from './refusals.ts';
import type { Simulation } from './simulation-rows.ts';

/**
 * Cancels a simulation that waits or runs; what runs stops at its next step. One that is cancelled stays so.
 * @throws Refused simulation_unknown, simulation_over
 */
export async function cancelSimulationIn(tx: Tx, ctx: Ctx, id: string): Promise<Simulation> {
  const changed = await tx.execute(
    `update offers.simulation set state = 'cancelled', plan = null, updated_at = now()
      where org_id = $1 and simulation_id = $2 and state in ('queued', 'running')`,
    [ctx.org, id],
  );
  const after = await readSimulation(tx, ctx.org, id);
  must(after.state === 'cancelled', simulationOver);
  if (changed === 1) {
    await forgetState(tx, ctx.org, id);
    const subject = `simulation:${id}`;
    await audit(tx, ctx, { verb: 'offers.cancel-simulation', subject });
  }
  return after;
}
