import type { Day } from '#kernel/day';
import type { Decision } from '../engine/decision.ts';
import type { Facts, Usage } from '../engine/facts.ts';
import type { OfferSet } from '../engine/offer.ts';
import { rollingDaysOf } from './forget-uses.ts';
import { type HistoryBook, newHistoryBook } from './history-book.ts';
import type { Gone, KeptLine } from './plan-back.ts';
import { tracksOf } from './tracks-of.ts';
import { newWaitingRoom, type Waiting, type WaitingRoom } from './waiting.ts';

type MovingUsage = { -readonly [Key in keyof Usage]: Usage[Key] };

/** What the offers of a rehearsal have counted, drawn and granted so far: plain data. */
export interface Rehearsal {
  readonly usage: Record<string, MovingUsage>;
  /** fen left per budget. */
  readonly budgets: Record<string, number>;
  readonly histories: HistoryBook;
  /** Sales of which something goes back later, with what they were granted. */
  readonly kept: Map<string, KeptSale>;
  /** Grants that wait for their window to be reached. */
  readonly room: WaitingRoom;
  /** Offers whose thresholds are tested again on what a refund leaves. */
  readonly retests: ReadonlySet<string>;
  /** The longest rolling window that is counted. */
  readonly rollingDays: number;
  /** Month up to which old counters have been forgotten. */
  month: string;
}

/** What has to be known of a sale when it is paid back. */
export interface KeptSale {
  readonly day: Day;
  readonly member: string | null;
  readonly cards: readonly string[];
  readonly decisions: readonly Decision[];
  /** Parallel to the decisions; null for what does not wait. */
  readonly waiting: readonly (Waiting | null)[];
  readonly lines: readonly KeptLine[];
  /** What it was decided on, where an offer of its is tested again. */
  readonly facts: Facts | null;
  /** Gross fen and units that went back so far, per line. */
  gone: Gone;
  /** fen given back so far, and what was taken back of each decision by its place. */
  refunded: number;
  readonly taken: Map<number, number>;
}

/** Begins a rehearsal of a set. @param budgets fen that each budget begins with */
export function newRehearsal(set: OfferSet, budgets: Readonly<Record<string, number>>): Rehearsal {
  const retests = set.offers.filter(({ definition }) => definition.clawback.retest !== 'none');
  return {
    usage: Object.create(null) as Rehearsal['usage'],
    budgets: { ...budgets },
    histories: newHistoryBook(tracksOf(set)),
    kept: new Map(),
    room: newWaitingRoom(),
    retests: new Set(retests.map(({ id }) => id)),
    rollingDays: rollingDaysOf(set),
    month: '',
  };
}
