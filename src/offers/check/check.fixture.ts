import { expect } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { checkDefinition } from './check.ts';

export type Fields = Partial<DefinitionInput>;
export type Benefit = DefinitionInput['benefits'][number];
type Funding = NonNullable<DefinitionInput['funding']>;
type Limits = NonNullable<NonNullable<DefinitionInput['limits']>['each']>;
type Off = Extract<Benefit, { kind: 'discount' }>['off'];

export const from = '2026-01-01';
export const day = { type: 'day' } as const;
export const month = { type: 'month' } as const;
export const merchant = { party: 'merchant' } as const;
export const funder = { party: 'funder', funder_org: 9, budget: 'b' } as const;
export const cashback = { kind: 'cashback', earn: { by: 'rate', rate: 50_000 } } as const;
export const points: Benefit = {
  kind: 'points',
  earn: { by: 'per_yuan', rate: 1_000_000 },
  expiry: { type: 'none' },
};

export const off = (by: Off, more: object = {}): Fields => ({
  benefits: [{ kind: 'discount', off: by, ...more }],
});
export const save = (amount: number, spend?: number): Fields =>
  off({ by: 'amount', amount }, spend === undefined ? {} : { spend });
export const paid = (...funding: Funding): Fields => ({ benefits: [cashback], funding });
export const limited = (...each: Limits): Fields => ({ limits: { each } });
export const when = (conditions: DefinitionInput['conditions']): Fields => ({ conditions });
export const expiring = (last: string, more: object = {}): Fields => ({
  benefits: [{ ...points, expiry: { type: 'date', day: last }, ...more }],
});

/** One fault, at the pointer, in both languages. */
export function expectFault(fields: Fields, pointer: string, en: RegExp): void {
  const faults = checkDefinition(exampleDefinition(fields));
  expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
  expect(faults[0]!.detail.en).toMatch(en);
  expect(faults[0]!.detail.en).toMatch(/^[\x20-\x7e]+$/);
  expect(faults[0]!.detail.zh).toMatch(/\p{Script=Han}/u);
}
