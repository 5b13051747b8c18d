import type { ExpiryRule } from '#kernel/expiry';
import type { Funding, Reward, RewardKind, RewardState } from './reward.ts';

export interface RewardRow {
  readonly org_id: number;
  readonly payment_id: string;
  readonly decision_no: number;
  readonly member_org: number | null;
  readonly member_id: string | null;
  readonly programme_id: string | null;
  readonly kind: RewardKind;
  readonly to_merchant: boolean;
  readonly what: string | null;
  readonly amount: number;
  readonly reversed: number;
  readonly cancelled: number;
  readonly state: RewardState;
  readonly granted_at: Date;
  readonly expires_on: string | null;
  readonly granted_on: string | null;
  readonly pool: string | null;
  readonly until: string | null;
  readonly business_days: number | null;
  readonly due_on: string | null;
  readonly provisional: boolean;
  readonly arrived_at: Date | null;
  readonly value_ppm: number | null;
  readonly expires: ExpiryRule | null;
  readonly paid: readonly Funding[] | null;
}

const NAMES =
  'org_id payment_id decision_no member_org member_id programme_id kind to_merchant what amount reversed cancelled state ' +
  'granted_at expires_on granted_on pool until business_days due_on provisional arrived_at value_ppm expires paid';

/** Of `rewards.reward r`. */
export const REWARD_COLUMNS = NAMES.split(' ')
  .map((name) => `r.${name}`)
  .join(', ');

export function rewardOfRow(row: RewardRow): Reward {
  const { member_org: ownerOrg, member_id: memberId, programme_id: programmeId } = row;
  return {
    paymentId: row.payment_id,
    decisionNo: row.decision_no,
    member:
      ownerOrg === null || memberId === null || programmeId === null
        ? null
        : { ownerOrg, memberId, programmeId },
    kind: row.kind,
    toMerchant: row.to_merchant,
    what: row.what,
    amount: row.amount,
    grantedAt: row.granted_at,
    state: row.state,
    reversed: row.reversed,
    cancelled: row.cancelled,
    expiresOn: row.expires_on,
    later:
      row.granted_on === null
        ? null
        : {
            grantedOn: row.granted_on,
            pool: row.pool,
            until: row.until,
            businessDays: row.business_days,
            dueOn: row.due_on,
            provisional: row.provisional,
            valuePpm: row.value_ppm ?? 0,
            expires: row.expires,
            paid: row.paid ?? [],
            arrivedAt: row.arrived_at,
          },
  };
}

/** The row of a reward, as JSON takes it. */
export function rowOfReward(org: number, reward: Reward): object {
  const { member, later } = reward;
  return {
    org_id: org,
    payment_id: reward.paymentId,
    decision_no: reward.decisionNo,
    member_org: member?.ownerOrg ?? null,
    member_id: member?.memberId ?? null,
    programme_id: member?.programmeId ?? null,
    kind: reward.kind,
    to_merchant: reward.toMerchant,
    what: reward.what,
    amount: reward.amount,
    reversed: reward.reversed,
    cancelled: reward.cancelled,
    state: reward.state,
    granted_at: reward.grantedAt,
    expires_on: reward.expiresOn,
    granted_on: later?.grantedOn ?? null,
    pool: later?.pool ?? null,
    until: later?.until ?? null,
    business_days: later?.businessDays ?? null,
    due_on: later?.dueOn ?? null,
    provisional: later?.provisional ?? false,
    arrived_at: later?.arrivedAt ?? null,
    value_ppm: later?.valuePpm ?? null,
    expires: later?.expires ?? null,
    paid: later?.paid ?? null,
  };
}

/** The types of `rowOfReward`'s columns. */
export const REWARD_TYPES = `org_id bigint, payment_id uuid, decision_no smallint, member_org bigint, member_id uuid,
  programme_id uuid, kind text, to_merchant boolean, what text, amount bigint, reversed bigint, cancelled bigint, state text,
  granted_at timestamptz, expires_on date, granted_on date, pool text, until date, business_days smallint, due_on date,
  provisional boolean, arrived_at timestamptz, value_ppm bigint, expires json, paid json`;

export const REWARD_NAMES = NAMES.replaceAll(' ', ', ');
