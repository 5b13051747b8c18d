import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { simulationUnknown } from './refusals.ts';
import {
  type Simulation,
  SIMULATION_COLUMNS,
  simulationOfRow,
  type SimulationRow,
  type SimulationState,
} from './simulation-rows.ts';

/** @throws Refused simulation_unknown */
export function getSimulation(db: Database, ctx: Ctx, id: string): Promise<Simulation> {
  return db.read([ctx.org], (tx) => readSimulation(tx, ctx.org, id));
}

/** @throws Refused simulation_unknown */
export async function readSimulation(tx: Tx, org: number, id: string): Promise<Simulation> {
  const [row] = await tx.query<SimulationRow>(
    `select ${SIMULATION_COLUMNS} from offers.simulation where org_id = $1 and simulation_id = $2`,
    [org, id],
  );
  if (!row) throw new Refused(simulationUnknown(id));
  return simulationOfRow(row);
}

export interface SimulationsSought {
  /** Only those older than this one. */
  readonly before?: string | undefined;
  readonly limit: number;
  readonly offer?: string | undefined;
  readonly state?: SimulationState | undefined;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Simulations of `ctx.org`, the newest first, without their results. */
export function listSimulations(
  db: Database,
  ctx: Ctx,
  { before, limit, offer, state }: SimulationsSought,
): Promise<Simulation[]> {
  const columns = SIMULATION_COLUMNS.replace(' result,', ' null::json as result,');
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<SimulationRow>(
      `select ${columns} from offers.simulation
        where org_id = $1 and simulation_id < $2::uuid and ($3::uuid is null or offer_id = $3)
          and ($4::text is null or state = $4)
        order by simulation_id desc limit $5`,
      [ctx.org, before ?? LAST_ID, offer ?? null, state ?? null, limit],
    );
    return rows.map(simulationOfRow);
  });
}
