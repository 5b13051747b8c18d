import { account, ledgerPart } from '#ledger';
import { growthPart } from '#members';
import { type OfferSet, type OwnedDecision, poolsOf } from '#offers';
import { item, type Item, need, type Need } from '#platform/record/part';
import { timerPart } from '#platform/timer/timer-part';
import { type GrantedRewards, growthTimer, type RewardedSale, rewardsPart } from '#rewards';
import type { Basket } from './gather-basket.ts';

/** What the offers of a set may grant besides points and cashback that are available with the sale. */
interface Unusual {
  readonly waiting: boolean;
  readonly pools: boolean;
  readonly rebate: boolean;
  readonly growth: boolean;
}

const known = new WeakMap<OfferSet, Unusual>();

function unusualIn(set: OfferSet): Unusual {
  let unusual = known.get(set);
  if (!unusual) {
    const benefits = set.offers.flatMap((offer) => offer.benefits);
    unusual = {
      waiting: benefits.some(({ timing }) => timing.type !== 'instant'),
      pools: benefits.some(({ timing }) => 'whose' in timing),
      rebate: benefits.some(({ toMerchant }) => toMerchant),
      growth: benefits.some(({ kind }) => kind === 'growth'),
    };
    known.set(set, unusual);
  }
  return unusual;
}

/** What a sale locks for its rewards; nothing more than the member's wallets unless a live offer asks for it. */
export function rewardNeeds(org: number, { member, live, facts }: Basket): Need[] {
  const { waiting, pools, rebate, growth } = unusualIn(live.set);
  const needs: Need[] = [];
  const lock = (code: '2020' | '2021' | '2030' | '2031' | '2210' | '2212', owner = '-') =>
    needs.push(need(ledgerPart, org, { account: account(code, owner) }));
  if (member?.ownerOrg === org) {
    lock('2210', member.memberId);
    lock('2031', member.memberId);
    if (growth) needs.push(need(growthPart, org, member.memberId));
  }
  if (waiting && member) {
    lock('2030', member.memberId);
    lock('2212', member.memberId);
  }
  // What waits in a pool may be a merchant's by an earlier version of its offer.
  if (rebate || pools) lock('2021');
  if ((rebate && waiting) || pools) lock('2020');
  if (pools)
    for (const { pool, kind } of poolsOf(facts, live.set))
      needs.push(need(rewardsPart, org, { pool, alone: kind === 'quiet' }));
  return needs;
}

/** A sale with what was decided on it. */
interface Decided {
  readonly org: number;
  readonly paymentId: string;
  readonly basket: Basket;
  readonly decisions: readonly OwnedDecision[];
  readonly progress: readonly OwnedDecision[];
}

/** The sale as the rewards see it. */
export function rewardedSale(sale: Decided): RewardedSale {
  const { org, paymentId, basket, decisions, progress } = sale;
  const { storeId, occurredAt, local, zone, member } = basket;
  return {
    org,
    storeId,
    paymentId,
    occurredAt,
    day: local.day,
    zone,
    member,
    granted: [...decisions, ...progress].flatMap(({ decision }, decisionNo) => {
      const { kind } = decision;
      return kind === 'discount' || kind === 'coupon' ? [] : [{ ...decision, kind, decisionNo }];
    }),
  };
}

/** What is written of the rewards beside the sale's own journal. */
export function rewardItems(sale: Decided, granted: GrantedRewards): Item[] {
  const { org, paymentId, basket } = sale;
  const { member, occurredAt: at } = basket;
  const items = [
    ...granted.arrived.map((journal) => item(ledgerPart, org, journal)),
    ...granted.items.map((each) => item(rewardsPart, org, each)),
    ...granted.timers.map((timer) => item(timerPart, org, timer)),
  ];
  return member && granted.growth > 0
    ? [...items, growthItem(org, paymentId, at, member, granted.growth)]
    : items;
}

/** Growth value of a member: at once in this book, by a timer in another. */
export function growthItem(
  org: number,
  source: string,
  at: Date,
  { memberId, ownerOrg: owner }: { readonly memberId: string; readonly ownerOrg: number },
  amount: number,
): Item {
  return owner === org
    ? item(growthPart, org, { memberId, amount, source, at })
    : item(timerPart, org, growthTimer(source, at, { owner, memberId, amount }));
}
