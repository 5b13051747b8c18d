import type { Part } from '#platform/record/part';
import { lockRewards, type RewardsWant } from './lock-rewards.ts';
import { type RewardsItem, RewardsState } from './rewards-state.ts';
import { writeRewards } from './write-rewards.ts';

/** The rewards' share in a hot write: locks what is to be moved, writes what is granted, arrives and goes back. */
export const rewardsPart: Part<RewardsWant, RewardsState, RewardsItem> = {
  name: 'rewards',
  rank: 45,
  lock: (tx, wants) => lockRewards(tx, wants),
  blank: () => new RewardsState(),
  decide: (state, org, items) => () => {
    for (const item of items) state.carry(org, item);
  },
  write: (tx, items, state) => writeRewards(tx, items, state),
};
