import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileOffers } from './compile.ts';
import { viewOf } from './condition.ts';
import { decide } from './evaluate.ts';
import { matching } from './match.ts';
import { passOver, worthOf } from './pass.ts';
import { anyTicket, anyVersions, sum } from './random-sets.fixture.ts';
import { blockerOf, contestOf } from './stacking.ts';

test('of up to twelve contenders no legal choice is worth more', () => {
  fc.assert(
    fc.property(anyVersions, anyTicket, (offers, sale) => {
      const set = compileOffers(offers);
      const view = viewOf(sale);
      const matched = matching(view, set);
      const contest = contestOf(matched, set);
      if (contest === null) return;
      const legalWorth = (chosen: readonly (typeof matched)[number][]) => {
        const worth = worthOf(passOver(sale, view, chosen));
        const granting = chosen.filter(({ rank }) => worth.has(rank));
        const free = contest.contenders.filter((each) => !chosen.includes(each));
        const legal =
          granting.every(
            (each) =>
              blockerOf(
                each,
                granting.filter((other) => other !== each),
                set.groups,
              ) === null,
          ) && free.every((each) => blockerOf(each, granting, set.groups) !== null);
        // A first that gives nothing only beside those behind it in its group is not passed over.
        const robbed = chosen.some((each) => {
          const behind = granting.filter(
            ({ group, rank }) =>
              group !== null &&
              group === each.group &&
              set.groups.get(group)!.pick === 'first' &&
              rank > each.rank,
          );
          const without = chosen.filter((other) => !behind.includes(other));
          return (
            !worth.has(each.rank) &&
            behind.length > 0 &&
            worthOf(passOver(sale, view, without)).has(each.rank)
          );
        });
        if (robbed) return -1;
        return legal ? sum([...worth.values()]) : -1;
      };
      const others = matched.filter((each) => !contest.contenders.includes(each));
      let most = -1;
      for (let bits = 0; bits < 2 ** contest.contenders.length; bits++) {
        const chosen = contest.contenders.filter((_, at) => (bits >> at) & 1);
        most = Math.max(
          most,
          legalWorth([...others, ...chosen].toSorted((a, b) => a.rank - b.rank)),
        );
      }
      const { decisions } = decide(sale, set).evaluation;
      const worth = sum(
        decisions.map((each) => {
          const { benefits } = set.offers.find(({ id }) => id === each.offer)!;
          return each.amount * benefits[each.benefit]!.worth;
        }),
      );
      expect(worth).toBeGreaterThanOrEqual(most);
    }),
    { numRuns: 60 },
  );
}, 60_000);
