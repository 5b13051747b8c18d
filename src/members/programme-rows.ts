import type { Text } from '#kernel/refusal';
import { orgsSetting, type Tx } from '#platform/db/transact';
import type { Tier } from './core.ts';

/** A programme as its owner's book has it. */
export interface Programme {
  readonly programmeId: string;
  readonly ownerOrg: number;
  readonly code: string;
  readonly name: Text;
  /** Provision per point, in millionths of a fen: 800_000 is 0.8 fen. */
  readonly pointValuePpm: number;
  readonly tiers: readonly Tier[];
  readonly status: 'active' | 'closed';
}

export interface ProgrammeRow {
  readonly org_id: number;
  readonly programme_id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly point_value_ppm: number;
  readonly tiers: readonly Tier[];
  readonly status: Programme['status'];
}

export const PROGRAMME_COLUMNS =
  'org_id, programme_id, code, name_zh, name_en, point_value_ppm, tiers, status';

export function programmeOfRow(row: ProgrammeRow): Programme {
  return {
    programmeId: row.programme_id,
    ownerOrg: row.org_id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    pointValuePpm: row.point_value_ppm,
    tiers: row.tiers,
    status: row.status,
  };
}

/** Lets a transaction see further books: those whose programmes the verb has found it may serve. */
export async function openBooks(tx: Tx, orgs: readonly number[]): Promise<void> {
  await tx.execute(orgsSetting([...new Set(orgs)]));
}
