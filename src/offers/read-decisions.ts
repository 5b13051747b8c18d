import type { Tx } from '#platform/db/transact';
import type { Decision } from './engine/evaluate.ts';
import type { OwnedDecision } from './offers-part.ts';

interface DecisionRow {
  owner_org: number;
  offer_id: string;
  version: number;
  benefit: number;
  kind: Decision['kind'];
  amount: number;
  wanted: number;
  partly: Decision['partly'] | null;
  line_shares: (number | string)[];
  funding: Decision['funding'];
  counters: Decision['counters'];
  expires_on: string | null;
}

/** What was granted to a payment, in the order decided; empty for a payment without rewards. */
export async function readDecisions(
  tx: Tx,
  org: number,
  paymentId: string,
): Promise<OwnedDecision[]> {
  const rows = await tx.prepared<DecisionRow>(
    'offers_read_decisions',
    `select owner_org, offer_id, version, benefit, kind, amount, wanted, partly, line_shares, funding, counters, expires_on
       from offers.decision where org_id = $1 and payment_id = $2 order by decision_no`,
    [org, paymentId],
  );
  return rows.map((row) => ({
    ownerOrg: row.owner_org,
    decision: {
      offer: row.offer_id,
      version: row.version,
      benefit: row.benefit,
      kind: row.kind,
      amount: row.amount,
      wanted: row.wanted,
      ...(row.partly && { partly: row.partly }),
      lineShares: row.line_shares.map(Number),
      funding: row.funding,
      counters: row.counters,
      expiry: row.expires_on,
    },
  }));
}
