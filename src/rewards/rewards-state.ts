import type { Pool } from './pool.ts';
import type { Funding, Later, Reward, RewardPlace } from './reward.ts';

/** Part of a reward that is taken back with a refund, and of whose payments that comes. */
export interface RewardTakenBack extends RewardPlace {
  readonly amount: number;
  readonly funding: readonly Funding[];
}

/** A reward that may be used from now on. */
export interface RewardArrived extends RewardPlace {
  readonly expiresOn: string | null;
}

export type RewardsItem =
  | { readonly kind: 'grant'; readonly rewards: readonly Reward[] }
  | { readonly kind: 'take-back'; readonly parts: readonly RewardTakenBack[] }
  | { readonly kind: 'arrive'; readonly rewards: readonly RewardArrived[]; readonly at: Date }
  /** What never arrived, or what arrived too early: `back` waits in its pool again. */
  | { readonly kind: 'cancel' | 'back'; readonly rewards: readonly RewardPlace[] }
  | { readonly kind: 'pool'; readonly pool: Pool };

/** What of rewards was locked for a batch; decisions move it so that later items see earlier ones. */
export class RewardsState {
  readonly #rewards = new Map<string, Reward>();
  readonly #waiting = new Map<string, Set<Reward>>();
  readonly #pools = new Map<string, Pool>();
  readonly #locked = new Set<string>();
  readonly #moved = new Map<string, { readonly org: number; readonly reward: Reward }>();

  /** A pool that was locked or changed in this batch; undefined also where nothing was ever granted in it. */
  pool(org: number, name: string): Pool | undefined {
    return this.#pools.get(`${org}/${name}`);
  }

  isLocked(org: number, name: string): boolean {
    return this.#locked.has(`${org}/${name}`);
  }

  /** What waits in a locked pool, the oldest first; of a large one the first of it, and one more than is moved at once. */
  waiting(org: number, name: string): readonly Reward[] {
    return [...(this.#waiting.get(`${org}/${name}`) ?? [])].sort(oldestFirst);
  }

  /** A reward that was locked or granted in this batch. */
  reward(org: number, place: RewardPlace): Reward | undefined {
    return this.#rewards.get(keyOf(org, place));
  }

  /** Rewards that were locked and have changed. */
  moved(): Iterable<{ readonly org: number; readonly reward: Reward }> {
    return this.#moved.values();
  }

  /** A reward that is kept already stays as it is. */
  keepReward(org: number, reward: Reward): void {
    const key = keyOf(org, reward);
    if (this.#rewards.has(key)) return;
    this.#rewards.set(key, reward);
    const pool = reward.later?.pool;
    if (reward.state === 'pending' && pool !== null && pool !== undefined)
      this.#waitingIn(`${org}/${pool}`).add(reward);
  }

  keepPool(org: number, name: string, pool: Pool | undefined): void {
    this.#locked.add(`${org}/${name}`);
    if (pool) this.#pools.set(`${org}/${name}`, pool);
  }

  carry(org: number, item: RewardsItem): void {
    switch (item.kind) {
      case 'grant':
        // What was available with its sale is taken back by its row alone.
        for (const reward of item.rewards) if (reward.later) this.keepReward(org, reward);
        return;
      case 'pool':
        this.#pools.set(`${org}/${item.pool.pool}`, item.pool);
        return;
      case 'take-back':
        for (const part of item.parts)
          if (this.reward(org, part)) this.#move(org, part, (reward) => takeBack(reward, part));
        return;
      case 'arrive':
        for (const arrived of item.rewards)
          this.#move(org, arrived, (reward) => arrive(reward, arrived.expiresOn, item.at));
        return;
      case 'cancel':
        for (const place of item.rewards) this.#move(org, place, cancel);
        return;
      case 'back':
        for (const place of item.rewards) this.#move(org, place, wait);
    }
  }

  #move(org: number, place: RewardPlace, change: (reward: Reward) => void): void {
    const key = keyOf(org, place);
    const reward = this.#rewards.get(key);
    if (!reward) throw new Error(`reward ${key} is not locked`);
    const pool = reward.later?.pool ?? null;
    const waiting = pool === null ? null : this.#waitingIn(`${org}/${pool}`);
    waiting?.delete(reward);
    change(reward);
    if (reward.state === 'pending') waiting?.add(reward);
    this.#moved.set(key, { org, reward });
  }

  #waitingIn(pool: string): Set<Reward> {
    let waiting = this.#waiting.get(pool);
    if (!waiting) this.#waiting.set(pool, (waiting = new Set()));
    return waiting;
  }
}

function keyOf(org: number, { paymentId, decisionNo }: RewardPlace): string {
  return `${org}/${paymentId}/${decisionNo}`;
}

function oldestFirst(a: Reward, b: Reward): number {
  return a.paymentId < b.paymentId
    ? -1
    : a.paymentId > b.paymentId
      ? 1
      : a.decisionNo - b.decisionNo;
}

function takeBack(reward: Reward, { amount, funding }: RewardTakenBack): void {
  reward.reversed += amount;
  if (reward.reversed === reward.amount) reward.state = 'reversed';
  if (reward.later) reward.later.paid = without(reward.later.paid, funding);
}

function arrive(reward: Reward, expiresOn: string | null, at: Date): void {
  reward.state = 'available';
  reward.expiresOn = expiresOn;
  laterOf(reward).arrivedAt = at;
}

function cancel(reward: Reward): void {
  reward.cancelled = reward.amount - reward.reversed;
  reward.state = 'cancelled';
  laterOf(reward).paid = [];
}

function wait(reward: Reward): void {
  reward.state = 'pending';
  reward.expiresOn = null;
  laterOf(reward).arrivedAt = null;
}

function laterOf({ later, paymentId }: Reward): Later {
  if (later === null) throw new Error(`reward of ${paymentId} never waited`);
  return later;
}

/** What payers have still paid once some of it goes back to them. */
export function without(paid: readonly Funding[], back: readonly Funding[]): Funding[] {
  const left = paid.map((part) => ({ ...part }));
  for (const { amount, ...payer } of back) {
    const part = left.find((each) => samePayer(each, payer));
    if (!part || part.amount < amount) throw new Error('more goes back to a payer than it paid');
    part.amount -= amount;
  }
  return left.filter(({ amount }) => amount > 0);
}

type Payer = Omit<Funding, 'amount'>;

function samePayer(a: Payer, b: Payer): boolean {
  return a.party === b.party && a.budget === b.budget && a.store === b.store;
}
