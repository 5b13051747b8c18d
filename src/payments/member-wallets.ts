import { account, type LedgerState, type LedgerWant, readState } from '#ledger';
import type { StoredPayment } from './read-payment.ts';
import type { Till } from './till.ts';

/**
 * The member's wallets in the book of another programme's owner, as they stand there; null in a sale's own book and
 * where nothing was earned. What this book has sent there is carried first, else it would seem to be spent.
 */
export async function walletsAway(
  { db, carry }: Pick<Till, 'db' | 'carry'>,
  org: number,
  { member, decisions, paymentId }: StoredPayment,
): Promise<LedgerState | null> {
  if (!member || member.org === org) return null;
  const earned = decisions.some(
    ({ decision: { kind, to } }) => kind === 'points' || (kind === 'cashback' && !to),
  );
  if (!earned) return null;
  await carry(org, member.org);
  const points: LedgerWant = { account: account('2210', member.id), lots: true, lotsOf: paymentId };
  const wants = [points, { account: account('2031', member.id) }];
  return db.read([member.org], (tx) =>
    readState(
      tx,
      wants.map((value) => ({ org: member.org, value })),
    ),
  );
}
