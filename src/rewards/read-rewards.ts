import type { Tx } from '#platform/db/transact';

/** Points or cashback that a payment granted, and how much was taken back. */
export interface GrantedReward {
  readonly paymentId: string;
  readonly decisionNo: number;
  readonly kind: 'points' | 'cashback';
  readonly amount: number;
  readonly reversed: number;
  readonly state: 'available' | 'reversed';
  readonly grantedAt: Date;
}

/** Where the next page of a member's rewards begins. */
export type RewardPlace = Pick<GrantedReward, 'paymentId' | 'decisionNo'>;

/** What sales of an org granted to a member, the newest first. */
export function grantsOf(
  tx: Tx,
  org: number,
  memberId: string,
  { before, limit }: { readonly before: RewardPlace | undefined; readonly limit: number },
): Promise<GrantedReward[]> {
  return tx.query<GrantedReward>(
    `select payment_id "paymentId", decision_no "decisionNo", kind, amount, reversed, state, granted_at "grantedAt"
       from rewards.reward
      where org_id = $1 and member_id = $2 and (payment_id, decision_no) < ($3::uuid, $4::smallint)
      order by payment_id desc, decision_no desc limit $5`,
    [
      org,
      memberId,
      before?.paymentId ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      before?.decisionNo ?? 0,
      limit,
    ],
  );
}
