import { Refused } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';
import {
  type Programme,
  PROGRAMME_COLUMNS,
  programmeOfRow,
  type ProgrammeRow,
} from './programme-rows.ts';
import { programmeUnknown } from './refusals.ts';

/** An active programme of an owner's book. @throws Refused programme_unknown */
export async function readProgramme(tx: Tx, owner: number, id: string): Promise<Programme> {
  const [row] = await tx.query<ProgrammeRow>(
    `select ${PROGRAMME_COLUMNS} from members.programme
      where org_id = $1 and programme_id = $2 and status = 'active'`,
    [owner, id],
  );
  if (!row) throw new Refused(programmeUnknown());
  return programmeOfRow(row);
}
