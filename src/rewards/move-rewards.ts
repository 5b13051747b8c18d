import type { Day } from '#kernel/day';
import { lastUsableDay } from '#kernel/expiry';
import { newId } from '#kernel/ids';
import { account, type AccountRef, gathered, type Journal, type Leg } from '#ledger';
import { bookWallets, type ToBook, type ToWallet, waitingAccount } from './book-rewards.ts';
import { backTo } from './payers.ts';
import { leftOf, type Later, type Reward } from './reward.ts';
import type { RewardArrived, RewardsItem } from './rewards-state.ts';

/** When, from where and for what the postings of a move are made. */
export interface Move {
  readonly org: number;
  /** The payment, timer or refund that moves: the journals' source. */
  readonly source: string;
  readonly occurredAt: Date;
  /** The day of the books. */
  readonly day: Day;
  /** From when what arrives may be used, where its own row does not say; that day unless said. */
  readonly from?: Day | undefined;
  readonly actor: string;
}

export interface Moved {
  readonly journals: readonly Journal[];
  readonly item: RewardsItem;
}

/** Makes waiting rewards available: from where they wait into the wallets, with lots that expire by their rule. */
export function arriveRewards(move: Move, rewards: readonly Reward[]): Moved {
  const arrived: RewardArrived[] = [];
  const journals = byWallet(rewards).map((group) => {
    const legs: Leg[] = [];
    const wallets: ToWallet[] = [];
    for (const reward of group) {
      const { paymentId: source, decisionNo, later } = waits(reward);
      const amount = leftOf(reward);
      const from = later.dueOn ?? move.from ?? move.day;
      const expiresOn = later.expires && lastUsableDay(later.expires, from);
      arrived.push({ paymentId: source, decisionNo, expiresOn });
      legs.push({ account: waitingOf(reward), amount });
      if (reward.toMerchant) legs.push({ account: account('2021'), amount: -amount });
      else wallets.push({ kind: moneyKind(reward), amount, expiresOn, source });
    }
    const { member, later } = waits(group[0] as Reward);
    if (member === null || wallets.length === 0) return journalOf(move, 'reward.arrive', legs);
    const rewarded = { ...member, pointValuePpm: later.valuePpm };
    const booked = bookWallets(move.org, rewarded, move.source, wallets);
    return {
      ...journalOf(move, 'reward.arrive', [...legs, ...booked.legs]),
      grants: booked.grants,
      sends: booked.sends,
    };
  });
  return { journals, item: { kind: 'arrive', rewards: arrived, at: move.occurredAt } };
}

/** Gives what never arrived back to who paid it. */
export function cancelRewards(move: Move, rewards: readonly Reward[]): Moved {
  const journals = byWallet(rewards).map((group) =>
    journalOf(
      move,
      'reward.cancel',
      group.flatMap((reward) => [
        { account: waitingOf(reward), amount: leftOf(reward) },
        ...giverOf(reward),
      ]),
    ),
  );
  const places = rewards.map(({ paymentId, decisionNo }) => ({ paymentId, decisionNo }));
  return { journals, item: { kind: 'cancel', rewards: places } };
}

/** What has to be locked to move rewards: where they wait, and the wallets of this book or the budgets that paid. */
export function accountsOf(
  org: number,
  rewards: readonly Reward[],
  fate: 'arrive' | 'cancel',
): AccountRef[] {
  const accounts = rewards.flatMap((reward): AccountRef[] => {
    if (fate === 'cancel') {
      const giver = giverOf(reward).map(({ account: ref }) => ref);
      return [waitingOf(reward), ...giver];
    }
    const { member, toMerchant } = reward;
    if (toMerchant) return [waitingOf(reward), account('2021')];
    const wallet = moneyKind(reward) === 'points' ? '2210' : '2031';
    return member?.ownerOrg === org
      ? [waitingOf(reward), account(wallet, member.memberId)]
      : [waitingOf(reward)];
  });
  return [...new Map(accounts.map((ref) => [ref.id, ref])).values()];
}

function giverOf(reward: Reward): Leg[] {
  if (reward.kind === 'points')
    return [
      { account: account('1430', reward.member?.programmeId ?? '-'), amount: -leftOf(reward) },
    ];
  return backTo(waits(reward).later.paid);
}

/** Where a reward waits. */
export function waitingOf(reward: Reward): AccountRef {
  return waitingAccount(
    moneyKind(reward),
    reward.toMerchant ? 'merchant' : undefined,
    reward.member,
  );
}

function moneyKind({ kind }: Reward): ToBook['kind'] {
  if (kind === 'points' || kind === 'cashback') return kind;
  throw new Error(`${kind} never waits`);
}

function waits(reward: Reward): Reward & { readonly later: Later } {
  if (reward.later === null) throw new Error(`reward of ${reward.paymentId} never waited`);
  return reward as Reward & { readonly later: Later };
}

/** Rewards of one member, or of the merchant, are one journal, however many sales they come from. */
function byWallet(rewards: readonly Reward[]): Reward[][] {
  const groups = Map.groupBy(rewards, ({ member, toMerchant }) =>
    toMerchant ? 'merchant' : member?.memberId,
  );
  return [...groups.values()];
}

function journalOf(
  { source, occurredAt, day: valueDate, actor }: Move,
  kind: string,
  legs: readonly Leg[],
): Journal {
  return { journalId: newId(), kind, source, occurredAt, valueDate, actor, legs: gathered(legs) };
}
