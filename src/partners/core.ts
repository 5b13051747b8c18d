import type { Fen } from '#kernel/money';
import type { Text } from '#kernel/refusal';

export const BUDGET_STATUSES = ['live', 'paused', 'ended'] as const;
export type BudgetStatus = (typeof BUDGET_STATUSES)[number];

/** What a funder sets aside for offers, and who may draw on it. Its money stands in the ledger. */
export interface Budget {
  readonly id: string;
  /** The funder's org: a brand, an issuer, the operator or a merchant. */
  readonly org: number;
  /** Lower-case slug, one within the funder's book. */
  readonly code: string;
  readonly name: Text;
  /** What the funder means to spend at most. */
  readonly total: Fen;
  /** How much one lease lends to a merchant's book. */
  readonly chunk: Fen;
  readonly openToAll: boolean;
  /** Orgs that may draw on it besides the funder; without meaning when it is open to all. */
  readonly borrowers: ReadonlySet<number>;
  readonly status: BudgetStatus;
  readonly createdAt: Date;
}

/** Codes of budgets: lower-case letters, digits and inner hyphens, at most 40. */
export const CODE = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** The size of a lease unless the funder says another: 500 yuan. */
export const CHUNK_DEFAULT = 50_000;
