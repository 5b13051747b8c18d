import type { FastifyRequest } from 'fastify';
import { type FieldFault, Refused } from '#kernel/refusal';
import { invalidRequest, malformedJson } from './refusals.ts';

const NUL = '\u0000';
const NUL_FAULT = {
  zh: '不可含有 NUL 字符 (U+0000)',
  en: 'must not hold the character NUL (U+0000)',
};

/**
 * No text may hold NUL, which PostgreSQL cannot store; and no object an own "__proto__", which passes JSON.parse
 * and turns into a prototype when somebody copies the object. Without recursion: JSON may be nested deeply.
 * @throws Refused malformed_json, invalid_request
 */
export function demandNoTrap(value: unknown): void {
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value, pointer: '' }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { value: inner, pointer } = at;
    if (typeof inner === 'string' && inner.includes(NUL)) throw nulAt(pointer);
    if (inner === null || typeof inner !== 'object') continue;
    for (const key of Object.keys(inner)) {
      if (key === '__proto__') throw new Refused(malformedJson('__proto__'));
      const below = `${pointer}/${escaped(key)}`;
      if (key.includes(NUL)) throw nulAt(below);
      open.push({ value: (inner as Record<string, unknown>)[key], pointer: below });
    }
  }
}

/** The places of NUL in the address. A request without one costs a single search. */
export function nulFaults({ url, params, query }: FastifyRequest): FieldFault[] {
  if (!url.includes('%00')) return [];
  const places = [
    ...Object.entries(params as object).map(([key, value]) => ['/path', key, value] as const),
    ...Object.entries(query as object).map(([key, value]) => ['/query', key, value] as const),
  ];
  return places
    .filter(([, key, value]) => `${key}${value}`.includes(NUL))
    .map(([where, key]) => faultAt(`${where}/${escaped(key)}`));
}

function nulAt(pointer: string): Refused {
  return new Refused(invalidRequest([faultAt(pointer)]));
}

function faultAt(pointer: string): FieldFault {
  return { pointer: pointer.replaceAll(NUL, '\\u0000'), detail: NUL_FAULT };
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
