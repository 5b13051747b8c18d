import { type Day, startOfDay } from '#kernel/day';
import { lastUsableDay } from '#kernel/expiry';
import type { Journal } from '#ledger';
import type { TimerItem } from '#platform/timer/timer-part';
import { type BookedRewards, bookRewards } from './book-rewards.ts';
import { TOGETHER_MAX } from './lock-rewards.ts';
import { arriveRewards } from './move-rewards.ts';
import { payersOf } from './payers.ts';
import { type Pool, poolAfter, wakeOf } from './pool.ts';
import {
  type Arrival,
  type Granted,
  isAtOnce,
  type Later,
  type Reward,
  type Rewarded,
} from './reward.ts';
import type { RewardsItem, RewardsState } from './rewards-state.ts';

/** A sale and what its decisions grant. */
export interface RewardedSale {
  readonly org: number;
  readonly storeId: string;
  readonly paymentId: string;
  readonly occurredAt: Date;
  /** The sale's day in the zone of the org. */
  readonly day: Day;
  readonly zone: string;
  readonly member: Rewarded | null;
  readonly granted: readonly (Granted & { readonly decisionNo: number })[];
}

export interface GrantedRewards {
  /** For the sale's own journal. */
  readonly booked: BookedRewards;
  /** Of what waited and arrives with the sale. */
  readonly arrived: readonly Journal[];
  readonly items: readonly RewardsItem[];
  readonly timers: readonly TimerItem[];
  /** The growth value of the member. */
  readonly growth: number;
}

export const ARRIVAL_TIMER = 'rewards.arrive';
const ACTOR = 'system:rewards';

/**
 * What a sale's rewards write: their rows and postings, the pools they wait in, and the timers that let them
 * arrive. The sale that reaches a pool lets all of it arrive with itself, if that is not too much and lies in
 * wallets that the sale has locked; the pool's timer does so at once otherwise.
 */
export function grantRewards(state: RewardsState, sale: RewardedSale): GrantedRewards {
  const rewards = sale.granted.flatMap((each) =>
    each.amount === 0 ? [] : [rewardOf(sale, each, each.decisionNo)],
  );
  const items: RewardsItem[] = rewards.length > 0 ? [{ kind: 'grant', rewards }] : [];
  const arrived: Journal[] = [];
  const timers = new Map<string, TimerItem>();
  for (const { later } of rewards) {
    if (later === null || later.dueOn === null) continue;
    const dueAt = startOfDay(later.dueOn, sale.zone);
    timers.set(later.dueOn, { set: { kind: ARRIVAL_TIMER, dedupe: later.dueOn, dueAt } });
  }
  for (const { arrival, offer } of pooledIn(sale)) {
    const before = state.pool(sale.org, arrival.pool);
    const ready = arrival.type === 'reached' && arrival.now ? waitingFor(state, sale, arrival) : [];
    if (ready !== null && ready.length > 0) {
      const { org, paymentId: source, occurredAt, day } = sale;
      const moved = arriveRewards({ org, source, occurredAt, day, actor: ACTOR }, ready);
      arrived.push(...moved.journals);
      items.push(moved.item);
    }
    const pool = poolAfter(before, {
      arrival,
      offer,
      memberId: sale.member?.memberId ?? null,
      day: sale.day,
      at: sale.occurredAt,
      arriving: ready === null,
      waiting: stillWaiting(state, sale, arrival.pool, ready ?? [], rewards),
    });
    if (before && state.isLocked(sale.org, pool.pool) && isSame(before, pool)) continue;
    items.push({ kind: 'pool', pool });
    const set = wakeOf(pool, sale.zone, sale.occurredAt);
    if (set) timers.set(pool.pool, { set });
  }
  return {
    booked: bookRewards(sale.org, sale.member, sale.paymentId, moneyOf(sale)),
    arrived,
    items,
    timers: [...timers.values()],
    growth: sale.granted.reduce(
      (sum, { kind, amount }) => sum + (kind === 'growth' ? amount : 0),
      0,
    ),
  };
}

/** What arrives with the sale; null if that is left to the pool's timer. */
function waitingFor(
  state: RewardsState,
  { org, member, day }: RewardedSale,
  { pool }: { readonly pool: string },
): readonly Reward[] | null {
  if (!state.isLocked(org, pool)) return null;
  const waiting = state
    .waiting(org, pool)
    .filter(({ later }) => !later?.until || later.until >= day);
  const own = waiting.every(
    (reward) => reward.toMerchant || reward.member?.memberId === member?.memberId,
  );
  return own && waiting.length <= TOGETHER_MAX ? waiting : null;
}

/** What waits in a pool behind the sale: what the sale leaves there and adds. */
function stillWaiting(
  state: RewardsState,
  { org }: RewardedSale,
  pool: string,
  gone: readonly Reward[],
  granted: readonly Reward[],
): Reward[] {
  const added = granted.filter(({ state: is, later }) => is === 'pending' && later?.pool === pool);
  return [...state.waiting(org, pool).filter((reward) => !gone.includes(reward)), ...added];
}

type Pooled = Extract<Arrival, { readonly pool: string }>;

function pooledIn({ granted }: RewardedSale): { arrival: Pooled; offer: string }[] {
  const pools = new Map<string, { arrival: Pooled; offer: string }>();
  for (const { arrival, offer } of granted)
    if ('pool' in arrival) pools.set(arrival.pool, { arrival, offer });
  return [...pools.values()];
}

/** A pool that stands as it stood needs no writing, and its timer stands too. */
function isSame(before: Pool, after: Pool): boolean {
  const names = Object.keys(after) as (keyof Pool)[];
  return names.every((name) => name === 'changedAt' || before[name] === after[name]);
}

function rewardOf(sale: RewardedSale, granted: Granted, decisionNo: number): Reward {
  const { kind, to, what, amount, arrival } = granted;
  const atOnce = isAtOnce(arrival);
  return {
    paymentId: sale.paymentId,
    decisionNo,
    member: to === 'merchant' ? null : sale.member,
    kind,
    toMerchant: to === 'merchant',
    what: what ?? null,
    amount,
    grantedAt: sale.occurredAt,
    state: atOnce ? 'available' : 'pending',
    reversed: 0,
    cancelled: 0,
    expiresOn: atOnce ? expiryOf(granted, sale.day) : null,
    later: arrival.type === 'instant' ? null : laterOf(sale, granted),
  };
}

function laterOf(
  { day, occurredAt, storeId, member }: RewardedSale,
  { arrival, expires, funding }: Granted,
): Later {
  const on = arrival.type === 'on' ? arrival : null;
  return {
    grantedOn: day,
    pool: 'pool' in arrival ? arrival.pool : null,
    until: arrival.type === 'reached' ? arrival.until : null,
    businessDays: on?.days ?? null,
    dueOn: on?.day ?? null,
    provisional: on?.provisional ?? false,
    valuePpm: member?.pointValuePpm ?? 0,
    expires: expires ?? null,
    paid: payersOf(funding, storeId),
    arrivedAt: isAtOnce(arrival) ? occurredAt : null,
  };
}

function expiryOf({ expiry, expires }: Granted, day: Day): Day | null {
  return expiry ?? (expires ? lastUsableDay(expires, day) : null);
}

function moneyOf({ granted, storeId, day }: RewardedSale) {
  return granted.flatMap((each) => {
    const { kind, to, amount, arrival } = each;
    if (amount === 0 || (kind !== 'points' && kind !== 'cashback')) return [];
    const funding = payersOf(each.funding, storeId);
    return [{ kind, ...(to && { to }), amount, funding, arrival, expiry: expiryOf(each, day) }];
  });
}
