import type { Tx } from '#platform/db/transact';
import type { Definition } from '../rule/definition.ts';
import { hashDefinition } from './hash-definition.ts';

/** Keeps the newest simulation of exactly this definition as the forecast of a version, if there is one. */
export async function linkForecast(
  tx: Tx,
  org: number,
  offer: string,
  version: number,
  definition: Definition,
): Promise<void> {
  await tx.execute(
    `insert into offers.forecast (org_id, offer_id, version, simulation_id)
     select org_id, $2, $3, simulation_id from offers.simulation
      where org_id = $1 and definition_hash = $4 and state = 'done'
      order by simulation_id desc limit 1`,
    [org, offer, version, hashDefinition(definition)],
  );
}
