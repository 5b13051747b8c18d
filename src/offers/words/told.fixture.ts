import { compileOffers } from '../engine/compile.ts';
import type { Facts } from '../engine/facts.ts';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { explain } from './explain.ts';
import { type Reader } from './reader.ts';

/** Fields of an example definition to replace. */
export type Fields = Partial<DefinitionInput>;
export const from = '2026-01-01';
export const month = { type: 'month' } as const;
export const save = (amount: number, spend: number) =>
  ({ kind: 'discount', off: { by: 'amount', amount }, spend }) as const;
export const cashback = { kind: 'cashback', earn: { by: 'rate', rate: 50_000 } } as const;
export const back = (amount: number) =>
  ({ kind: 'cashback', earn: { by: 'fixed', amount } }) as const;
export const points = {
  kind: 'points',
  earn: { by: 'per_yuan', rate: 1_000_000 },
  expiry: { type: 'end_of_year', years: 1 },
} as const;
export const history = (fields: object) =>
  ({ conditions: { type: 'history', ...fields } }) as Fields;
export const past = (key: string, amount: number, count: number) => ({
  history: { [key]: { amount, count, visits: count, last: count === 0 ? null : '2026-11-03' } },
});
export const used = (key: string, count: number, amount: number) => ({
  usage: { [`offer:a:${key}`]: { count, amount } },
});
export const today = 'member:m1:day:2026-11-21';
export const limit = (fields: object) => ({ limits: { each: [fields] } }) as Fields;
export const daily = { per: 'member', window: { type: 'day' } } as const;
export const member = exampleSale().member!;

/** What a reader hears of offer a, of the example sale with some fields replaced. */
export function told(fields: Fields, sale: Partial<Facts>, reader: Reader) {
  return explain(exampleSale(sale), compileOffers([exampleOffer('a', fields)]), reader)[0];
}
