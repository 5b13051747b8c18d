import { definition, type Definition, type DefinitionInput } from './definition.ts';
import type { Facts } from '../engine/facts.ts';
import type { OfferVersion } from '../engine/offer.ts';

/** A legal definition, 5 % off for everybody in 2026, with some fields replaced. */
export function exampleDefinition(fields: Partial<DefinitionInput> = {}): Definition {
  return definition.parse({
    code: 'EXAMPLE',
    name: { zh: '示例', en: 'Example' },
    schedule: { from: '2026-01-01', to: '2026-12-31' },
    benefits: [{ kind: 'discount', off: { by: 'percent', rate: 50_000 } }],
    ...fields,
  });
}

/** A live version of an example definition. */
export function exampleOffer(offer: string, fields: Partial<DefinitionInput> = {}): OfferVersion {
  return {
    offer,
    version: 1,
    status: 'live',
    definition: exampleDefinition({ code: offer, ...fields }),
  };
}

/** A cash sale of three lines, 100.00 + 50.00 + 30.00 yuan, to a gold member on Saturday 2026-11-21 at 12:00. */
export function exampleSale(fields: Partial<Facts> = {}): Facts {
  return {
    store: 'store-1',
    terminal: null,
    terminalKind: null,
    device: null,
    mcc: null,
    channel: 'pos',
    day: '2026-11-21',
    weekday: 6,
    minute: 720,
    dayKind: 'rest',
    lines: [
      { sku: 'tea', category: 'drinks', brand: 'leaf', quantity: 2, amount: 10_000 },
      { sku: 'cup', category: 'ware', brand: 'clay', quantity: 1, amount: 5_000 },
      { sku: 'cake', category: 'food', brand: null, quantity: 3, amount: 3_000 },
    ],
    member: {
      id: 'm1',
      programme: 'p1',
      tier: 'gold',
      labels: ['loyal'],
      joined: '2025-05-01',
      birthday: null,
    },
    tenders: [{ method: 'cash', amount: 18_000 }],
    codes: [],
    coupons: [],
    usage: {},
    budgets: {},
    history: {},
    ...fields,
  };
}
