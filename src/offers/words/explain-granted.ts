import type { Text } from '#kernel/refusal';
import type { Decision } from '../engine/decision.ts';
import type { Denied } from '../engine/grant.ts';
import type { CompiledBenefit, CompiledOffer } from '../engine/offer.ts';
import type { Verdict } from '../engine/pass.ts';
import { plural } from './counts.ts';
import { oneDenied } from './explain-denied.ts';
import { money, numberText, text } from './figures.ts';
import type { Found, Told } from './found.ts';
import { fundingText } from './funding-text.ts';
import { inUnit } from './granted-text.ts';
import { joined } from './lists.ts';
import { poolMisses } from './pool-miss.ts';
import { rewardText, validText } from './reward-text.ts';
import { usedTexts } from './used-limits.ts';

/** What an offer granted, why no more, when it arrives; null where it is all the merchant's own. */
export function grantedFound(
  offer: CompiledOffer,
  all: readonly Decision[],
  told: Told,
): Found | null {
  const { reader, outcome } = told;
  const consumer = reader === 'consumer';
  const decisions = consumer ? all.filter(({ to }) => to !== 'merchant') : all;
  if (decisions.length === 0) return null;
  const verdicts = outcome.verdicts.get(offer.rank) ?? [];
  const heard = verdicts.filter(({ benefit }) => !consumer || !benefit.toMerchant);
  const denied = heard.filter(
    (each): each is Verdict & { grant: Denied } => 'reason' in each.grant,
  );
  const whole = denied.length === 0 && decisions.every(({ partly }) => partly === undefined);
  const said = decisions.map((decision) => grantText(decision, heard, told));
  for (const each of denied) {
    const found = oneDenied(offer, each, told);
    if (found !== null) said.push(found.text);
  }
  if (reader === 'merchant') said.push(...usedTexts(offer, told));
  return {
    outcome: whole ? 'granted' : 'partly',
    reason: whole ? 'granted' : 'partly',
    decisions,
    text: joined(said),
  };
}

function grantText(decision: Decision, verdicts: readonly Verdict[], told: Told): Text {
  const { reader, facts } = told;
  const said = [rewardText(decision, reader !== 'merchant', facts.day)];
  const verdict = verdicts.find(({ benefit }) => benefit.index === decision.benefit);
  if (verdict !== undefined && !('reason' in verdict.grant)) {
    const { pool } = verdict.grant;
    if (pool !== null && !pool.reached) said.push(toGo(pool, verdict.benefit));
  }
  const valid = reader === 'cashier' ? null : validText(decision);
  if (valid !== null) said.push(valid);
  if (reader === 'merchant') {
    const { kind, amount, wanted, funding } = decision;
    if (wanted > amount) {
      const { zh, en } = inUnit(kind, wanted);
      said.push(text(`按规则应得 ${zh}`, `the rule says ${en}`));
    }
    if (funding.length > 0) {
      const { zh, en } = fundingText(decision);
      said.push(text(`出资:${zh}`, `paid: ${en}`));
    }
  }
  return joined(said, ',', ', ');
}

function toGo(
  pool: { readonly amount: number; readonly count: number },
  benefit: CompiledBenefit,
): Text {
  const [miss] = poolMisses(pool, benefit);
  const missing = miss?.missing ?? 0;
  if (miss?.unit !== 'fen')
    return text(`还差 ${numberText(missing)} 笔`, `${plural(missing, 'purchase')} to go`);
  const { zh, en } = money(missing);
  return text(`还差 ${zh}`, `${en} to go`);
}
