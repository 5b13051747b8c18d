import { createHash } from 'node:crypto';
import type { Day } from '#kernel/day';
import { newId } from '#kernel/ids';
import type { Intent } from '#platform/record/intent';
import { item, need } from '#platform/record/part';
import { account } from './account.ts';
import { type Journal, type Leg, type LotGrant, type PeerJournal } from './journal.ts';
import { ledgerPart } from './ledger-part.ts';
import { takeBackWants, takenBack } from './peer-take-back.ts';

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
