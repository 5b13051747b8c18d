import type { Denied, NoneReason } from '../engine/grant.ts';
import type { CompiledBenefit, CompiledOffer } from '../engine/offer.ts';
import type { Verdict } from '../engine/pass.ts';
import { deniedMisses } from './denied-miss.ts';
import { deniedText } from './denied-text.ts';
import { missesFound } from './explain-misses.ts';
import type { Found, Told } from './found.ts';
import { isShared } from './limit-met.ts';
import { lighter, weightOf } from './weigh.ts';

/** A benefit of a matching offer that is not granted. */
interface DeniedBenefit {
  readonly benefit: CompiledBenefit;
  readonly grant: Denied;
}

/** Why a matching offer grants nothing: the denied benefit that is nearest to a grant, else the first. */
export function deniedFound(
  offer: CompiledOffer,
  verdicts: readonly Verdict[],
  told: Told,
): Found | null {
  const denied = verdicts.filter((each): each is DeniedBenefit => 'reason' in each.grant);
  const heard = denied.filter(({ benefit }) => !benefit.toMerchant);
  const [first, ...others] = heard.length > 0 ? heard : denied;
  if (first === undefined) throw new Error(`offer ${offer.id} matches and has no verdict`);
  const nearest = others.reduce((best, each) => (nearer(each, best, told) ? each : best), first);
  return oneDenied(offer, nearest, told);
}

function nearer(one: DeniedBenefit, other: DeniedBenefit, { outcome: { view } }: Told): boolean {
  const [ours, theirs] = [one, other].map(({ grant, benefit }) =>
    deniedMisses(grant, benefit, view),
  );
  if (!ours) return false;
  return !theirs || lighter(weightOf(ours, view), weightOf(theirs, view));
}

/** What is no news to the buyer: whose points and money it is, and what came to nothing. */
const UNHEARD = new Set<NoneReason>([
  'programme',
  'others_money',
  'nothing_to_pay',
  'no_points',
  'rounds_to_zero',
]);

/** Why one benefit is denied, as the reader hears it. */
export function oneDenied(
  offer: CompiledOffer,
  { benefit, grant }: DeniedBenefit,
  told: Told,
): Found | null {
  const { reader, outcome } = told;
  const { reason, actual, required } = grant;
  const misses = deniedMisses(grant, benefit, outcome.view);
  if (misses !== null && misses.length > 0)
    return missesFound(misses, offer, benefit, told, reason === 'condition' ? undefined : reason);
  if (reader === 'consumer' && UNHEARD.has(reason)) return null;
  const quiet = reader !== 'merchant' && isShared(grant, offer);
  return {
    outcome: 'not',
    reason,
    actual: quiet ? null : actual,
    required: quiet ? null : required,
    budget: reader === 'merchant' ? (grant.budget ?? null) : null,
    text: deniedText(grant, offer, benefit, reader),
  };
}
