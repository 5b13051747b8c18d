import fc from 'fast-check';
import { expect, test } from 'vitest';
import { account } from './account.ts';
import { assertBalanced } from './journal.ts';
import { LedgerState, type LotState } from './ledger-state.ts';
import { takeBackPoints } from './take-back.ts';

const ORG = 7;
const wallet = account('2210', 'm');
const other = account('1430', 'p');

const lotOf = fc.record({
  mine: fc.boolean(),
  remaining: fc.nat(50),
  used: fc.nat(50),
  expired: fc.nat(50),
  expires: fc.constantFrom('2026-12-31', '2027-12-31', null),
});
type Drawn = typeof lotOf extends fc.Arbitrary<infer T> ? T : never;

function stateOf(drawn: readonly Drawn[]): LedgerState {
  const lots = drawn.map(({ mine, remaining, used, expired, expires }, index): LotState => {
    const granted = remaining + used + expired;
    const lotId = `lot-${index}`;
    const source = mine ? 'sale' : `other-${index}`;
    return {
      lotId,
      source,
      granted,
      remaining,
      used,
      expired,
      reversed: 0,
      valuePpm: 800_000,
      expiresOn: expires,
    };
  });
  return new LedgerState({
    accounts: new Map(),
    lots: new Map([[`${ORG}/${wallet.id}`, lots]]),
    holds: new Map(),
    reversed: new Set(),
  });
}

test('points of a sale come back from all its lots, then from others, then as a debt', () => {
  fc.assert(
    fc.property(
      fc.array(lotOf, { minLength: 1, maxLength: 5 }),
      fc.nat(1_000_000),
      (drawn, part) => {
        const own = drawn.filter(({ mine }) => mine);
        const granted = own.reduce((sum, lot) => sum + lot.remaining + lot.used + lot.expired, 0);
        const points = Math.floor((granted * part) / 1_000_000);
        const state = stateOf(drawn);
        const asked = { member: 'm', programme: 'p', source: 'sale', points };
        const { legs, lotUses, debt } = takeBackPoints(state, ORG, asked, other);
        if (legs.length > 0) assertBalanced(legs);
        const reversed = lotUses.reduce(
          (sum, use) => (use.why === 'reversed' ? sum + use.amount : sum),
          0,
        );
        expect(reversed).toBe(points);
        // Carrying throws where a lot would give more than it has.
        const journal = {
          journalId: 'j',
          kind: 'refund',
          source: 'r',
          valueDate: '2026-11-21',
          actor: 'a',
          legs,
          lotUses,
        };
        state.carry(ORG, [{ ...journal, occurredAt: new Date(0) }], new Map());
        const left = state.lots(ORG, wallet).reduce((sum, { remaining }) => sum + remaining, 0);
        const before = drawn.reduce((sum, { remaining }) => sum + remaining, 0);
        const taken = legs.find(({ account: ref }) => ref === wallet)?.amount ?? 0;
        expect(before - left).toBe(taken);
        const room = drawn.reduce((sum, lot) => (lot.mine ? sum : sum + lot.remaining), 0);
        const spent = lotUses.reduce(
          (sum, use) => (use.from === 'used' ? sum + use.amount : sum),
          0,
        );
        expect(debt).toBe(Math.max(0, spent - room));
      },
    ),
    { numRuns: 1_000 },
  );
});
