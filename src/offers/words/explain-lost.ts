import type { Text } from '#kernel/refusal';
import type { Decision } from '../engine/decision.ts';
import type { CompiledOffer } from '../engine/offer.ts';
import { passOver } from '../engine/pass.ts';
import { text } from './figures.ts';
import type { Found, Told } from './found.ts';
import { grantedText } from './granted-text.ts';
import { joined } from './lists.ts';

/** An offer that another one keeps out. The merchant hears what each of them gives. */
export function lostFound(offer: CompiledOffer, winner: CompiledOffer, told: Told): Found {
  const { name } = winner.definition;
  const said = text(
    `不能同享,已选用「${name.zh}」`,
    `Cannot be combined; “${name.en}” was applied instead`,
  );
  return {
    outcome: 'not',
    reason: 'lost',
    lostTo: winner.id,
    text: told.reader === 'merchant' ? joined([said, amountsText(offer, winner, told)]) : said,
  };
}

function amountsText(offer: CompiledOffer, winner: CompiledOffer, { facts, outcome }: Told): Text {
  const own = givenText(passOver(facts, outcome.view, [offer]).decisions);
  const others = givenText(
    outcome.evaluation.decisions.filter(({ offer: id }) => id === winner.id),
  );
  return text(
    `本方案单独可得:${own.zh};选用的方案:${others.zh}`,
    `alone it gives: ${own.en}; the one applied: ${others.en}`,
  );
}

function givenText(decisions: readonly Decision[]): Text {
  return decisions.length === 0
    ? text('无', 'nothing')
    : joined(decisions.map(grantedText), '、', ', ');
}
