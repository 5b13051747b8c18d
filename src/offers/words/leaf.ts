import type { LeafTest } from '../engine/condition.ts';

/** What a sale shows for a condition; null where it shows nothing. */
export type Value = number | string | null;

export type TenderTest = Extract<LeafTest, { readonly every: boolean }>;

const TENDERS = new Set<LeafTest['type']>([
  'tender',
  'issuer',
  'bin',
  'card_kind',
  'scheme',
  'wallet',
]);

export function isTenderTest(test: LeafTest): test is TenderTest {
  return TENDERS.has(test.type);
}
