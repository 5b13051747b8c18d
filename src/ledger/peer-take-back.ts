import { account } from './account.ts';
import { gathered, type Leg, type PeerJournal } from './journal.ts';
import type { LedgerState } from './ledger-state.ts';
import type { LedgerWant } from './lock-accounts.ts';
import { takeBackCashback, takeBackPoints } from './take-back.ts';

type TakeBack = NonNullable<PeerJournal['takeBack']>;

export function takeBackWants({ source, member, points, cashback }: TakeBack): LedgerWant[] {
  const wants: LedgerWant[] = [];
  if (points > 0)
    wants.push(
      { account: account('2210', member), lots: true, lotsOf: source },
      { account: account('1231', member) },
    );
  if (cashback > 0)
    wants.push({ account: account('2031', member) }, { account: account('1230', member) });
  return wants;
}

/** Decided on what the member has now: the sender cannot know it. */
export function takenBack(
  state: LedgerState,
  org: number,
  from: number,
  ask: TakeBack,
  legs: readonly Leg[],
) {
  const points =
    ask.points > 0 ? takeBackPoints(state, org, ask, account('1911', from)) : undefined;
  const cashback =
    ask.cashback > 0 ? takeBackCashback(state, org, ask.member, ask.cashback) : undefined;
  const owed: Leg[] = cashback ? [{ account: account('1910', from), amount: -ask.cashback }] : [];
  return {
    legs: gathered([...legs, ...(points?.legs ?? []), ...(cashback?.legs ?? []), ...owed]),
    lotUses: points?.lotUses ?? [],
  };
}
