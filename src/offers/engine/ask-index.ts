import type { SaleFacts } from './facts.ts';
import { meetBuyer } from './meet-buyer.ts';
import { meetLines, meetSums } from './meet-lines.ts';
import { meetTenders } from './meet-tenders.ts';
import { ask, type Asked, meet, meetBand } from './meet.ts';
import type { OfferIndex } from './offer-index.ts';

/** Per dimension the offers that admit the sale. The answer stands in the index's own room until the next. */
export function askIndex(index: OfferIndex, facts: SaleFacts): Asked {
  const { asked, sets, bands } = index;
  asked.count = 0;
  if (index.goods !== null) meetLines(index.goods, facts.lines, asked);
  meetTenders(sets, facts.tenders, asked);
  meetBuyer(index, facts, asked);
  meet(sets.store, facts.store, asked);
  meet(sets.terminal, facts.terminal, asked);
  meet(sets.mcc, facts.mcc, asked);
  meet(sets.weekday, facts.weekday, asked);
  meetBand(bands.minute, facts.minute, asked);
  if (bands.gross !== null || bands.quantity !== null) meetSums(bands, facts.lines, asked);
  meet(sets.channel, facts.channel, asked);
  meet(sets.terminalKind, facts.terminalKind, asked);
  meet(sets.dayKind, facts.dayKind, asked);
  ask(asked, index.liveOn(facts.day));
  return asked;
}
