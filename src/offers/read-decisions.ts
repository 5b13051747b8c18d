import type { Tx } from '#platform/db/transact';
import type { Decision } from './engine/decision.ts';
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
  recipient: 'merchant' | null;
  what: string | null;
  coupon_id: string | null;
  arrival: Decision['arrival'] | null;
  expires: Decision['expires'] | null;
}

/**
 * What was granted to a payment, in the order decided; empty for a payment without rewards. Behind it,
 * with an amount of 0, what it counts towards.
 */
export async function readDecisions(
  tx: Tx,
  org: number,
  paymentId: string,
): Promise<OwnedDecision[]> {
  const rows = await tx.prepared<DecisionRow>(
    'offers_read_decisions',
    `select owner_org, offer_id, version, benefit, kind, amount, wanted, partly, line_shares, funding, counters, expires_on,
            recipient, what, coupon_id, arrival, expires
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
      ...(row.recipient && { to: row.recipient }),
      ...(row.what !== null && { what: row.what }),
      ...(row.coupon_id !== null && { coupon: row.coupon_id }),
      amount: row.amount,
      wanted: row.wanted,
      ...(row.partly && { partly: row.partly }),
      lineShares: row.line_shares.map(Number),
      funding: row.funding,
      counters: row.counters,
      arrival: row.arrival ?? { type: 'instant' },
      expiry: row.expires_on,
      ...(row.expires && { expires: row.expires }),
    },
  }));
}
