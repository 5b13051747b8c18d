import { windowOf } from '#kernel/calendar-window';
import { cardOf, type HistoryTest, type Test, type View } from './condition.ts';
import type { History, HistoryAsked, SaleFacts } from './facts.ts';
import { listsOf, textOf } from './items.ts';

/** Which sales of whom a test counts. */
export type Counted = Pick<HistoryTest, 'whose' | 'window' | 'items'>;

/** All of a member's sales: what nth_purchase and days_since_last count. */
export const ALL_SALES: Counted = { whose: 'member', window: { type: 'total' }, items: null };

const NONE: History = { amount: 0, count: 0, visits: 0, last: null };

/** Which sales are counted by the tests within a test. */
export function countedIn(test: Test): readonly Counted[] {
  if ('of' in test) return test.of.flatMap(countedIn);
  if (test.type === 'nth_purchase' || test.type === 'days_since_last') return [ALL_SALES];
  return test.type === 'history' ? [test] : [];
}

/** Whose sales are counted: member id or card token; null for an anonymous buyer, or without a card. */
export function subjectOf(whose: Counted['whose'], facts: SaleFacts): string | null {
  return whose === 'member' ? (facts.member?.id ?? null) : (cardOf(facts)?.token ?? null);
}

/**
 * The same for the same sales of the same subject, and different for any other: whose, subject, first
 * day of the window (nothing for all time), and the chosen lines.
 */
export function keyOf(
  { whose, window, items }: Counted,
  subject: string,
  facts: SaleFacts,
): string {
  const { from } = windowOf(facts.day, window);
  return `${whose}:${subject}:${from ?? ''}:${items === null ? '' : textOf(items)}`;
}

/** What reading a history asks for; null if there is nobody whose it could be. */
export function askedOf(counted: Counted, facts: SaleFacts): HistoryAsked | null {
  const { whose, window, items } = counted;
  const subject = subjectOf(whose, facts);
  if (subject === null) return null;
  return {
    key: keyOf(counted, subject, facts),
    whose,
    subject,
    from: windowOf(facts.day, window).from,
    to: facts.day,
    target: items === null ? null : listsOf(items),
  };
}

/** The sales before the one at the till; null if there is nobody whose they could be. */
export function pastOf(counted: Counted, { facts, history }: View): History | null {
  const subject = subjectOf(counted.whose, facts);
  return subject === null ? null : (history[keyOf(counted, subject, facts)] ?? NONE);
}
