import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Tx } from '#platform/db/transact';

/** Of what is kept: a state of another shape is of no use, and the simulation begins anew. */
const FORMAT = 1;
const PART_BYTES = 4 * 1_048_576;
const FASTEST = 1;

/** Puts away where a simulation stands, in place of what was put away before. */
export async function putState(tx: Tx, org: number, id: string, state: unknown): Promise<void> {
  const bytes = deflateRawSync(serialize({ format: FORMAT, state }), { level: FASTEST });
  await forgetState(tx, org, id);
  for (let part = 0; part * PART_BYTES < bytes.length; part++)
    await tx.execute(
      'insert into offers.simulation_state (org_id, simulation_id, part, bytes) values ($1, $2, $3, $4)',
      [org, id, part, bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)],
    );
}

/** What was put away last; undefined if nothing was, or nothing that can be gone on with. */
export async function takeState(tx: Tx, org: number, id: string): Promise<unknown> {
  const rows = await tx.query<{ bytes: Buffer }>(
    'select bytes from offers.simulation_state where org_id = $1 and simulation_id = $2 order by part',
    [org, id],
  );
  if (rows.length === 0) return undefined;
  const kept = deserialize(inflateRawSync(Buffer.concat(rows.map(({ bytes }) => bytes)))) as {
    readonly format: number;
    readonly state: unknown;
  };
  return kept.format === FORMAT ? kept.state : undefined;
}

export async function forgetState(tx: Tx, org: number, id: string): Promise<void> {
  await tx.execute('delete from offers.simulation_state where org_id = $1 and simulation_id = $2', [
    org,
    id,
  ]);
}
