import type { Test } from './condition.ts';
import { countedIn } from './history.ts';
import { indexAnonymous } from './index-anonymous.ts';
import { indexBands } from './index-bands.ts';
import { indexDays } from './index-days.ts';
import { indexGoods } from './index-goods.ts';
import { indexSets } from './index-sets.ts';
import type { Implied } from './implied.ts';
import type { Counting, OfferIndex, Tested } from './offer-index.ts';

/** @param offers in the set's order */
export function indexOf(offers: readonly Tested[]): OfferIndex {
  const words = Math.max(1, (offers.length + 31) >>> 5);
  const roots = offers.map(({ tests }): Test => ({ type: 'all', of: tests }));
  const implied: Implied = { always: new Set(), plain: new Set() };
  const sets = indexSets(words, roots, implied);
  const bands = indexBands(words, roots, implied);
  const goods = indexGoods(words, roots, implied);
  const liveOn = indexDays(words, offers, implied);
  const anonymous = indexAnonymous(words, roots, implied);
  return {
    liveOn,
    anonymous,
    sets,
    bands,
    goods,
    words,
    rest: offers.map(({ tests }) => tests.filter((test) => !implied.always.has(test))),
    plainRest: offers.map(({ tests }) =>
      tests.filter((test) => !implied.always.has(test) && !implied.plain.has(test)),
    ),
    counting: new Map(
      offers.flatMap((offer, rank) => {
        const counting = countingOf(offer, implied.always);
        return counting.counted.length === 0 ? [] : [[rank, counting] as const];
      }),
    ),
    asked: { bits: [], count: 0 },
  };
}

function countingOf({ tests, lateTests }: Tested, implied: ReadonlySet<Test>): Counting {
  return {
    counted: [...tests, ...lateTests].flatMap((test) => countedIn(test)),
    first: tests.filter((test) => !implied.has(test) && countedIn(test).length === 0),
  };
}
