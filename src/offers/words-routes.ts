import { answer, bind, type Route } from '#platform/contract';
import { readVersion } from './read-version.ts';
import type { OffersRoom } from './room.ts';
import { todayOf } from './shown.ts';
import { termsShown } from './terms-shown.ts';
import * as contract from './words-contract.ts';
import { differenceOf } from './words/difference.ts';
import { termsOf } from './words/terms.ts';

/** What an offer says, and what changed in it, for people. */
export function wordsRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.readOfferTerms, async (ctx, { params: { offer_id: id }, query }) => {
      const { version, definition } = await db.read([ctx.org], (tx) =>
        readVersion(tx, ctx.org, id, query.version),
      );
      const lang = query.lang ?? ctx.locale;
      const terms = termsOf(definition, await todayOf(room, ctx));
      return answer(200, { offer_id: id, version, lang, ...termsShown(terms, lang) });
    }),
    bind(contract.readOfferDifference, async (ctx, { params }) => {
      const { offer_id: id, version, other } = params;
      const [before, after] = await db.read([ctx.org], async (tx) => [
        await readVersion(tx, ctx.org, id, version),
        await readVersion(tx, ctx.org, id, other),
      ]);
      const changes = differenceOf(before.definition, after.definition);
      return answer(200, {
        offer_id: id,
        from: version,
        to: after.version,
        changes: changes.map(({ pointer, text }) => ({ pointer, detail: text })),
      });
    }),
  ];
}
