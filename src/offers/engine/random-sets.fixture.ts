import fc from 'fast-check';
import { definition, type DefinitionInput } from '../rule/definition.ts';
import { anyDefinitionInput } from '../rule/definition.fixture.ts';
import { anyFacts } from '../rule/facts.fixture.ts';
import type { Facts, Usage } from './facts.ts';
import type { OfferVersion } from './offer.ts';

const conditions = fc.constantFrom<DefinitionInput['conditions'] | null>(
  null,
  null,
  null,
  { type: 'coupon', templates: ['next-visit', 'birthday'] },
  { type: 'basket_amount', min: 5_000 },
  { type: 'basket_amount', basis: 'net', min: 4_000 },
);

/** Mostly offers that every sale meets, so that many of them are decided together. */
const open = fc
  .tuple(anyDefinitionInput, conditions)
  .map(
    ([
      { schedule: _s, scope: _p, audience: _a, conditions: _c, ...rest },
      asked,
    ]): DefinitionInput => ({
      ...rest,
      schedule: { from: '2025-01-01' },
      ...(asked && { conditions: asked }),
    }),
  );
const CODES = ['A', 'OTHER', 'THIRD', 'D', 'E', 'F', 'G', 'H'];

/** Made once: reading a definition costs more than deciding a sale with it. */
const pool = fc
  .sample(fc.oneof({ arbitrary: open, weight: 4 }, { arbitrary: anyDefinitionInput, weight: 1 }), {
    numRuns: 600,
    seed: 20_261_121,
  })
  .map((input) => definition.parse(input));

/** Up to eight live offers of all kinds; some exclude each other by code or group. */
export const anyVersions: fc.Arbitrary<OfferVersion[]> = fc
  .array(fc.constantFrom(...pool), { minLength: 1, maxLength: CODES.length })
  .map((definitions) =>
    definitions.map((each, at) => ({
      offer: `o${at}`,
      version: 1,
      status: 'live' as const,
      definition: { ...each, code: CODES[at]! },
    })),
  );

/** A sale with goods, mostly of a member who pays by card. */
export const anyTicket: fc.Arbitrary<Facts> = anyFacts.filter(({ lines }) => lines.length > 0);

/** Every counter reads as if it had been used before. */
export function usedBefore(usage: Usage): Facts['usage'] {
  return new Proxy({}, { get: () => usage });
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
