import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { carryOut } from './carry-out.ts';
import { hashDefinition } from './hash-definition.ts';
import { planSimulation } from './plan-simulation.ts';
import { getSimulation } from './read-simulations.ts';
import type { Simulation } from './simulation-rows.ts';
import type { Simulator } from './simulator.ts';
import { type SimulationAsked, startingSimulation } from './start-simulation.ts';

export interface SimulateHow {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** After how many ms it puts away where it stands. */
  readonly keepEveryMs?: number;
}

/**
 * Simulates in this process, to the end. What was asked in the same words by the same principal and was
 * interrupted is gone on with.
 * @returns the simulation as it ended: done, or cancelled by somebody
 * @throws Refused as `startingSimulation`, simulation_running; DOMException AbortError when it was interrupted
 */
export async function simulateNow(
  simulator: Simulator,
  ctx: Ctx,
  asked: SimulationAsked,
  how: SimulateHow,
): Promise<Simulation> {
  const { db, past } = simulator;
  const { org } = ctx;
  const { write, ...wanted } = await startingSimulation(simulator, ctx, asked);
  const simulation =
    (await unfinished(simulator, ctx, wanted)) ?? (await db.transact([org], write));
  await planSimulation(simulator, org, simulation);
  await carryOut({ db, past, org, id: simulation.id, ...how, patient: false });
  return getSimulation(db, ctx, simulation.id);
}

type Wanted = Pick<Simulation, 'offer' | 'version' | 'definition' | 'span' | 'budgets'>;

async function unfinished(
  { db }: Simulator,
  ctx: Ctx,
  { offer, version, definition, span, budgets }: Wanted,
): Promise<Simulation | undefined> {
  const [row] = await db.read([ctx.org], (tx) =>
    tx.query<{ id: string }>(
      `select simulation_id as id from offers.simulation
        where org_id = $1 and definition_hash = $2 and day_from = $3 and day_to = $4 and created_by = $5
          and offer_id is not distinct from $6::uuid and version is not distinct from $7::int and budgets = $8::jsonb
          and state in ('queued', 'running')
        order by simulation_id desc limit 1`,
      [
        ctx.org,
        hashDefinition(definition),
        span.from,
        span.to,
        actorOf(ctx.principal),
        offer,
        version,
        JSON.stringify(budgets),
      ],
    ),
  );
  return row && getSimulation(db, ctx, row.id);
}
