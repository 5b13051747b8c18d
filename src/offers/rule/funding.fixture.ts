import fc from 'fast-check';
import type { DefinitionInput } from './definition.ts';
import { anyMoney, world } from './world.fixture.ts';

type FundingInput = NonNullable<DefinitionInput['funding']>;

const cap = fc.record(
  { per_sale: anyMoney, per_day: anyMoney, per_month: anyMoney, total: anyMoney },
  { requiredKeys: [] },
);

interface PayerFound {
  readonly party: 'merchant' | 'store' | 'funder';
  readonly funder_org?: number;
  readonly budget?: string;
}

function payers(money: boolean): fc.Arbitrary<PayerFound[]> {
  const funders = Object.entries(world.budgets).map(([budget, funder_org]) => ({
    party: 'funder' as const,
    funder_org,
    ...(money && { budget }),
  }));
  const all: PayerFound[] = [{ party: 'merchant' }, { party: 'store' }, ...funders];
  return fc.shuffledSubarray(all, { minLength: 1, maxLength: 4 });
}

/** Fixed parts first, shares of what they leave, one remainder; or shares that sum to all. */
function parts(size: number): fc.Arbitrary<Record<string, unknown>[]> {
  const shares = fc
    .array(fc.integer({ min: 1, max: 100 }), { minLength: size, maxLength: size })
    .map((weights) => {
      const sum = weights.reduce((a, b) => a + b, 0);
      const given = weights.map((weight) => Math.floor((weight * 1_000_000) / sum));
      const rest = 1_000_000 - given.reduce((a, b) => a + b, 0);
      return given.map((share, index) => ({ share: index === 0 ? share + rest : share }));
    });
  if (size === 1) return shares;
  const fixed = fc
    .tuple(fc.array(anyMoney, { minLength: size - 1, maxLength: size - 1 }), fc.nat(size - 1))
    .map(([amounts, at]) => [
      ...amounts.slice(0, at).map((amount) => ({ fixed: amount })),
      { remainder: true },
      ...amounts.slice(at).map((amount) => ({ fixed: amount })),
    ]);
  return fc.oneof(shares, fixed);
}

/** Payers whose parts make up the whole. @param money fen, else points, which no budget pays */
export function anyFunding(money: boolean): fc.Arbitrary<FundingInput> {
  return payers(money).chain((named) =>
    fc
      .tuple(
        parts(named.length),
        fc.array(
          fc.record({ cap, overflow: fc.constantFrom('cut', 'next') }, { requiredKeys: [] }),
          { minLength: named.length, maxLength: named.length },
        ),
      )
      .map(
        ([shares, extra]) =>
          named.map((payer, index) => ({
            ...payer,
            ...shares[index],
            ...(money && extra[index]),
          })) as FundingInput,
      ),
  );
}
