import { createHash } from 'node:crypto';
import type { Day } from '#kernel/day';
import { newId } from '#kernel/ids';
import type { Intent } from '#platform/record/intent';
import { item, need } from '#platform/record/part';
import { account } from './account.ts';
import { gathered, type Journal, type Leg, type LotGrant, type PeerJournal } from './journal.ts';
import { ledgerPart } from './ledger-part.ts';
import type { LedgerState } from './ledger-state.ts';
import type { LedgerWant } from './lock-accounts.ts';
import { takeBackCashback, takeBackPoints } from './take-back.ts';

/** A transfer as it stands in the sender's book. */
export interface SentXfer {
  readonly org: number;
  readonly xferId: string;
  readonly peer: PeerJournal;
  /** Of the sender's journal: both sides have one day, whatever the receiver's clock says. */
  readonly occurredAt: Date;
  readonly valueDate: Day;
}

const PRINCIPAL = 'system:relay';

/** The hot write that posts the peer's side of a transfer once. */
export function peerIntent({ org: from, xferId, peer, occurredAt, valueDate }: SentXfer): Intent {
  const { org, kind, source, bringsBack } = peer;
  const legs = peer.legs.map(({ code, owner, amount }): Leg => ({
    account: account(code, owner),
    amount,
  }));
  const grants = (peer.grants ?? []).map(({ code, owner, ...lot }): LotGrant => ({
    account: account(code, owner),
    ...lot,
  }));
  const wants = [
    ...[...legs, ...grants].map((each) => ({ account: each.account })),
    ...(peer.takeBack ? takeBackWants(peer.takeBack) : []),
  ];
  return {
    org,
    idempotency: {
      principal: PRINCIPAL,
      key: xferId,
      hash: createHash('sha256').update(xferId).digest(),
    },
    needs: wants.map((want) => need(ledgerPart, org, want)),
    decide(view) {
      const journal: Journal = {
        journalId: newId(),
        kind,
        source,
        occurredAt,
        valueDate,
        actor: PRINCIPAL,
        ...(peer.takeBack
          ? takenBack(view.of(ledgerPart), org, from, peer.takeBack, legs)
          : { legs }),
        grants,
        receives: { xferId, from },
        ...(bringsBack
          ? { lends: { budget: bringsBack.budget, borrower: from, amount: -bringsBack.amount } }
          : {}),
      };
      const answer = JSON.stringify({ journalId: journal.journalId });
      return { kind: 'accept', status: 201, answer, items: [item(ledgerPart, org, journal)] };
    },
  };
}

type TakeBack = NonNullable<PeerJournal['takeBack']>;

function takeBackWants({ source, member, points, cashback }: TakeBack): LedgerWant[] {
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
function takenBack(
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
