import type { CardFacts } from '#offers';

export type Scheme = NonNullable<CardFacts['scheme']>;

/** The issuer identification ranges of ISO/IEC 7812 by scheme, both ends included; the longer ones first. */
const RANGES: readonly (readonly [from: string, to: string, scheme: Scheme])[] = [
  ['2221', '2720', 'mastercard'],
  ['30', '30', 'diners'],
  ['34', '34', 'amex'],
  ['35', '35', 'jcb'],
  ['36', '36', 'diners'],
  ['37', '37', 'amex'],
  ['38', '38', 'diners'],
  ['51', '55', 'mastercard'],
  ['62', '62', 'unionpay'],
  ['81', '81', 'unionpay'],
  ['4', '4', 'visa'],
];

/** The scheme whose range a card number begins in; null for none, such as old domestic cards. */
export function schemeOf(bin: string): Scheme | null {
  const found = RANGES.find(([from, to]) => {
    const head = bin.slice(0, from.length);
    return from <= head && head <= to;
  });
  return found?.[2] ?? null;
}
