import type { Ctx, Principal } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { DefinitionInput } from './rule/definition.ts';
import type { KnownGoods, Knows, OffersRoom } from './room.ts';

export const TEA = 11;
export const BOOKS = 12;
export const BRAND = 21;

const GOODS: KnownGoods = {
  skus: new Map([['TEA-100', { category: 'tea', price: 5_000 }]]),
  categories: new Map([['tea', 5_000]]),
  brands: new Map([['leaf', 5_000]]),
};

/** Stores, tiers and budgets that the offers of a test may name; TEA and BOOKS are merchants. */
export const knows: Knows = {
  merchant: async (org) => org === TEA || org === BOOKS,
  zone: async () => 'Asia/Shanghai',
  guests: async (org) => org === TEA,
  store: async (org, store) => org === TEA && store === 'north-gate',
  tier: async (_, tier) => tier === 'gold',
  goods: async (org) => (org === TEA ? GOODS : null),
  funder: async (org) => [TEA, BOOKS, BRAND].includes(org),
  budget: async (funder, budget) => (funder === BRAND && budget === 'spring' ? 100_000 : null),
  issuer: async (code) => code === 'ICBC',
  template: async (org, code) => org === TEA && code === 'next-visit',
  orgs: async () => [TEA, BOOKS, BRAND],
};

export function roomOver(db: Database): OffersRoom {
  return { db, knows };
}

export function principal(org: number, change: Partial<Principal> = {}): Principal {
  const scopes = new Set(['offer.read', 'offer.write', 'offer.publish']);
  return { kind: 'staff', id: 'wang', name: 'Wang', org, scopes, stores: 'all', ...change };
}

export function as(org: number, who = principal(org)): Ctx {
  const now = new Date('2026-11-21T02:00:00Z');
  return { org, principal: who, now, requestId: 'req_1', locale: 'zh' };
}

/** The product itself, which needs nobody's approval. */
export function asProduct(org: number): Ctx {
  return as(org, principal(org, { kind: 'system', id: 'stage', name: 'stage' }));
}

/** 5 % off for everybody, as somebody writes it. */
export function written(code: string, fields: Partial<DefinitionInput> = {}): DefinitionInput {
  return {
    code,
    name: { zh: '示例', en: `Offer ${code}` },
    schedule: { from: '2026-01-01' },
    benefits: [{ kind: 'discount', off: { by: 'percent', rate: 50_000 } }],
    ...fields,
  };
}

export const onePointPerYuan = {
  kind: 'points',
  earn: { by: 'per_yuan', rate: 1_000_000 },
  expiry: { type: 'none' },
} as const;

export const cashback = { kind: 'cashback', earn: { by: 'rate', rate: 50_000 } } as const;

export const bySpring = [
  { party: 'funder', funder_org: BRAND, budget: 'spring', share: 1_000_000 },
] as const;
