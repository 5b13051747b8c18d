import { isUtf8 } from 'node:buffer';
import { Refused } from '#kernel/refusal';
import { jsonFaultAt } from './json-fault.ts';
import { malformedJson } from './refusals.ts';
import { demandNoTrap } from './traps.ts';

/** What the request hash is made of. @param path with its query. */
export function requestText(method: string, path: string, body: string): string {
  return `${method} ${path}\n${body}`;
}

/** The body without secret fields, for the request hash: not even a keyed hash of a password is kept. */
export function withoutSecrets(body: unknown, secretFields: readonly string[]): string {
  if (body === null || typeof body !== 'object') return '';
  return JSON.stringify(
    Object.fromEntries(Object.entries(body).filter(([key]) => !secretFields.includes(key))),
  );
}

/** @throws Refused malformed_json with the line and column of the fault; invalid_request with the place of a NUL. */
export function parseJson(bytes: Buffer): { text: string; value: unknown } {
  if (!isUtf8(bytes)) throw new Refused(malformedJson('not UTF-8'));
  const text = bytes.toString();
  const value = parsed(text);
  // Either trap needs its letters or an escape in the text, so that most bodies are not walked.
  if (text.includes('\\u') || text.includes('__proto__')) demandNoTrap(value);
  return { text, value };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(malformedJson(where(text, jsonFaultAt(text))));
  }
}

function where(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}
