export { rewardsInvariants, type RewardsClock } from './breaches.ts';
export {
  ARRIVAL_TIMER,
  grantRewards,
  type GrantedRewards,
  type RewardedSale,
} from './grant-rewards.ts';
export { growthHandler, GROWTH_TIMER, growthTimer } from './grow-away.ts';
export { arrivalHandlers } from './let-arrive.ts';
export type { RewardsWant } from './lock-rewards.ts';
export { memberRewards } from './member-rewards.ts';
export type { MemberRewards, RewardsEdges } from './member-rewards.ts';
export { costOf, payersOf } from './payers.ts';
export { POOL_TIMER } from './pool.ts';
export { reopenPool } from './reopen-pool.ts';
export type { ArrivalWork } from './record-move.ts';
export { readRewards, rewardsOfPayment } from './read-rewards.ts';
export type { ListedReward } from './read-rewards.ts';
export { datesOf, type RewardDates } from './reward-dates.ts';
export { recountArrivals } from './recount-arrivals.ts';
export {
  type Arrival,
  arrivalShown,
  type Funding,
  type Granted,
  leftOf,
  type Reward,
  type Rewarded,
  type RewardKind,
  type RewardPlace,
  type RewardState,
} from './reward.ts';
export { rewardsPart } from './rewards-part.ts';
export { RewardsState } from './rewards-state.ts';
export type { RewardsItem, RewardTakenBack } from './rewards-state.ts';
export { rewardsRoutes } from './routes.ts';
export { settleShortage } from './settle-shortage.ts';
export type { Missing, Settled, Shortage } from './settle-shortage.ts';
export { inWallets, missingOf, pointValueOf, takeBackRewards } from './take-back-rewards.ts';
export type { BookedReturn, Returned } from './take-back-rewards.ts';
