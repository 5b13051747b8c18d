import {
  compileOffers,
  type Definition,
  type Facts,
  type OfferSet,
  type OfferVersion,
} from '#offers';
import { factsOf } from './explain-payment.ts';
import type { StoredPayment } from './read-payment.ts';
import type { Till } from './till.ts';

type Policies = Definition['clawback'];

/** What the offers of a payment say of refunds. */
export interface RefundRules {
  readonly policyOf: (offer: string) => Policies;
  /** To decide again on what is left; null where no offer asks for it. */
  readonly retest: Retest | null;
}

export interface Retest {
  readonly facts: Facts;
  readonly versions: readonly OfferVersion[];
  readonly set: OfferSet;
}

const USUAL: Policies = { retest: 'none', shortage: 'member_debt', coupon: 'restore' };

/** Reads the rules by which a payment's offers were decided. */
export async function refundRules(
  { offers }: Pick<Till, 'offers'>,
  payment: StoredPayment,
): Promise<RefundRules> {
  if (payment.decisions.length === 0) return { policyOf: () => USUAL, retest: null };
  const versions = await offers.decided(payment.offerSet, payment.decisions);
  return rulesOf(payment, versions);
}

/** As `refundRules`, of versions that are known. */
export function rulesOf(
  payment: Pick<StoredPayment, 'facts' | 'lines'>,
  versions: readonly OfferVersion[],
): RefundRules {
  const policies = new Map(versions.map(({ offer, definition }) => [offer, definition.clawback]));
  const tests = versions.some(({ definition }) => definition.clawback.retest === 'threshold');
  return {
    policyOf: (offer) => policies.get(offer) ?? USUAL,
    retest: tests ? { facts: factsOf(payment), versions, set: compileOffers(versions) } : null,
  };
}
