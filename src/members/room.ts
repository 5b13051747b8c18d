import type { OrgFacts } from '#merchants';
import type { Database } from '#platform/db/transact';
import type { SnapshotSource } from '#platform/snapshot';
import type { Vault } from '#platform/vault/field';
import { type LookUp, lookUps } from './look-up-members.ts';
import { servedProgrammes, type ServedProgrammes } from './served-programmes.ts';

export interface MembersRoom {
  readonly db: Database;
  readonly vault: Vault;
  /** The merchants' register, from memory: zones and kinds of orgs. */
  readonly orgs: SnapshotSource<OrgFacts>;
  /** Kind 'programmes', per merchant; the hot path hands it to the record for its version. */
  readonly programmes: SnapshotSource<ServedProgrammes>;
  readonly lookUp: LookUp;
}

/** Opens the room; one per process, so that look-ups of all requests gather. */
export function openMembers(
  db: Database,
  vault: Vault,
  orgs: SnapshotSource<OrgFacts>,
): MembersRoom {
  return { db, vault, orgs, programmes: servedProgrammes(db), lookUp: lookUps(db) };
}
