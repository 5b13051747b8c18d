export { bookRewards, type BookedRewards, costOf, type Funding, type Granted, type Rewarded } from './book-rewards.ts';
export { reversedOf } from './read-rewards.ts';
export { type Reward, type RewardsItem, rewardsPart, type RewardTakenBack } from './rewards-part.ts';
export { type BookedReturn, type Returned, takeBackRewards } from './take-back-rewards.ts';
