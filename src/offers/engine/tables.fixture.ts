import type { Definition, DefinitionInput } from '../rule/definition.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { compileOffers } from './compile.ts';
import { decide } from './evaluate.ts';
import type { Facts, LineFacts } from './facts.ts';
import type { OfferVersion } from './offer.ts';

type BenefitInput = DefinitionInput['benefits'][number];
export type Off = Extract<BenefitInput, { kind: 'discount' }>;
export type Fields = Partial<DefinitionInput>;

/** "tea 2 200, cup 1 60": sku, quantity and fen of the line. The category is the first letter of the SKU. */
export function basket(text: string): LineFacts[] {
  return text.split(', ').map((line) => {
    const [sku = '', quantity, amount] = line.split(' ');
    return {
      sku,
      category: sku.slice(0, 1),
      brand: null,
      quantity: Number(quantity),
      amount: Number(amount),
    };
  });
}

export function off(by: Off['off'], more: Partial<Off> = {}): Off {
  return { kind: 'discount', off: by, ...more };
}

export const HALF = 500_000;
export const FREE = 1_000_000;
export const tea = { skus: ['tea'] };
export const cup = { skus: ['cup'] };
export const cake = { skus: ['cake'] };

/** Example offers by their ids. */
export function offersOf(offers: Readonly<Record<string, Fields>>): OfferVersion[] {
  return Object.entries(offers).map(([id, fields]) => exampleOffer(id, fields));
}

/** Decides an example sale with example offers; `denied` are the reasons of what was not granted. */
export function decided(offers: Readonly<Record<string, Fields>>, sale: Partial<Facts> = {}) {
  const { evaluation, verdicts, lost } = decide(exampleSale(sale), compileOffers(offersOf(offers)));
  const denied = [...verdicts.values()]
    .flat()
    .flatMap(({ grant }) =>
      'reason' in grant ? [`${grant.reason} ${grant.actual} ${grant.required}`] : [],
    );
  return { ...evaluation, denied, lost };
}

/** What every offer took off or gave, per line: `{ a: '0 30' }`. */
export function sharesOf({ decisions }: Pick<ReturnType<typeof decided>, 'decisions'>) {
  return Object.fromEntries(
    decisions.map(({ offer, lineShares }) => [offer, lineShares.join(' ')]),
  );
}

export type Stacking = Partial<Definition['stacking']>;

/** An offer of one discount in the line lane, by priority. */
export function inLine(priority: number, benefit: Off, stacking: Stacking = {}): Fields {
  return { priority, benefits: [benefit], stacking: { lane: 'line', ...stacking } as never };
}
