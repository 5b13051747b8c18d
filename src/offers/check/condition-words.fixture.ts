import type { DefinitionInput } from '../rule/definition.ts';
import { type Fields, month, when } from './check.fixture.ts';

export type Condition = NonNullable<DefinitionInput['conditions']>;
export const all = (...of: Condition[]): Fields => when({ type: 'all', of });
export const none = (...of: Condition[]) => ({ type: 'none', of }) as Condition;
export const any = (...of: Condition[]) => ({ type: 'any', of }) as Condition;
export const amount = (bounds: object) => ({ type: 'basket_amount', ...bounds }) as Condition;
export const units = (bounds: object) => ({ type: 'basket_quantity', ...bounds }) as Condition;
export const tender = (...methods: string[]): Condition => ({ type: 'tender', methods });
export const some = (...methods: string[]): Condition => ({
  type: 'tender',
  methods,
  match: 'any',
});
export const bin = (...prefixes: string[]): Condition => ({ type: 'bin', prefixes });
export const issuer = (...issuers: string[]): Condition => ({ type: 'issuer', issuers });
export const goods = (...skus: string[]) => ({ type: 'contains', skus }) as const;
export const times = (more: object) =>
  ({ type: 'history', measure: 'count', window: month, ...more }) as Condition;
export const joined: Condition = { type: 'member_for', min_days: 0 };
export const week = { from: '2026-06-01', to: '2026-06-07' };
export const summer = (blackout?: { from: string; to: string }[]) => ({
  schedule: { ...week, ...(blackout && { blackout }) },
});
