export { account, type AccountRef } from './account.ts';
export { type AccountCode, type Asset, CHART, chartLine, CNY, PTS } from './chart.ts';
export {
  assertBalanced,
  gathered,
  type HoldChange,
  type HoldsOnly,
  isJournal,
  type Journal,
  type Leg,
  type LotGrant,
  type LotUse,
  mirrored,
  type PeerJournal,
  type Posting,
} from './journal.ts';
export { ledgerPart } from './ledger-part.ts';
export { type AccountState, type HoldState, LedgerState, type LotState } from './ledger-state.ts';
export type { LedgerWant } from './lock-accounts.ts';
export { captureHold, expireHold, holdItem, holdNeed, placeHold, releaseHold } from './holds.ts';
export { type Balance, balanceOf } from './balances.ts';
export { drawnSince } from './drawn-since.ts';
export { type StatementCursor, type StatementLine, statementOf } from './statement.ts';
export { latestOf } from './latest-of.ts';
export { readState } from './read-state.ts';
export {
  alreadyReversed,
  budgetExhausted,
  budgetOverTotal,
  holdNotOpen,
  insufficientBalance,
  ledgerRefusals,
} from './refusals.ts';
export { takeBackCashback, takeBackPoints, takeBackRebate } from './take-back.ts';
export { BUDGET_FUND, fundBudget, type Funding } from './fund-budget.ts';
export { type LeaseAsk, leaseBudget, type Leased, leaseNow, returnLease } from './lease.ts';
export { type Recall, recallLeases, type Recalling } from './recall-leases.ts';
export { openRelay, type Relay, type RelaySettings } from './relay.ts';
export type { Stamp } from './record-posting.ts';
export {
  expirePoints,
  POINTS_EXPIRE,
  type PointsExpiry,
  pointsExpiryHandler,
  schedulePointsExpiry,
} from './expire-points.ts';
export { provisionReleased } from './provision.ts';
export { journalSource } from './tally.ts';
export { ledgerInvariants } from './breaches.ts';
