export { account, type AccountRef } from './account.ts';
export { type AccountCode, CHART, chartLine, CNY, PTS } from './chart.ts';
export { gathered, type Journal, type Leg, type LotGrant, type LotUse, mirrored, type PeerJournal } from './journal.ts';
export { ledgerPart } from './ledger-part.ts';
export { type AccountState, LedgerState, type LotState } from './ledger-state.ts';
export type { LedgerWant } from './lock-accounts.ts';
export { takeBackCashback, takeBackPoints } from './take-back.ts';
