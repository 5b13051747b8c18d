import type { Database } from '#platform/db/transact';
import type { Tier } from './core.ts';
import { nextTier } from './growth.ts';

/** What a member has grown to, and what is missing for the next tier; null on the highest. */
export interface Growth {
  readonly growth: number;
  readonly tier: string;
  readonly next: { readonly tier: string; readonly missing: number } | null;
}

/** The growth value of a member of an owner's book. */
export async function growthOf(db: Database, owner: number, memberId: string): Promise<Growth> {
  const [row] = await db.read([owner], (tx) =>
    tx.query<{ growth: number; tier: string; tiers: readonly Tier[] }>(
      `select m.growth, m.tier, p.tiers from members.member m
         join members.programme p on p.org_id = m.org_id and p.programme_id = m.programme_id
        where m.org_id = $1 and m.member_id = $2`,
      [owner, memberId],
    ),
  );
  if (!row) throw new Error(`member ${memberId} is not in the book of org ${owner}`);
  return { growth: row.growth, tier: row.tier, next: nextTier(row.tiers, row.growth) };
}

/** The orgs in whose books sales to members of a programme stand: its owner, and who serves it. */
export async function sellersOf(
  db: Database,
  owner: number,
  programmeId: string,
): Promise<number[]> {
  const rows = await db.read([owner], (tx) =>
    tx.query<{ merchant_org: number }>(
      'select merchant_org from members.server where org_id = $1 and programme_id = $2',
      [owner, programmeId],
    ),
  );
  return [...new Set([owner, ...rows.map(({ merchant_org: org }) => org)])];
}
