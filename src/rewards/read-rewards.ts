import type { Tx } from '#platform/db/transact';

/** How much of each reward of a payment was taken back, by the number of its decision. */
export async function reversedOf(
  tx: Tx,
  org: number,
  paymentId: string,
): Promise<Map<number, number>> {
  const rows = await tx.query<{ decision_no: number; reversed: number }>(
    'select decision_no, reversed from rewards.reward where org_id = $1 and payment_id = $2',
    [org, paymentId],
  );
  return new Map(rows.map(({ decision_no: no, reversed }) => [no, reversed]));
}
