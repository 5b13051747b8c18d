import { randomBytes } from 'node:crypto';
import { CODE_LENGTH, DIGITS } from './core.ts';

/** A new code: 50 bits of chance, so that nobody guesses one. The table refuses a code that is taken. */
export function newCode(): string {
  let code = '';
  for (const byte of randomBytes(CODE_LENGTH)) code += DIGITS[byte & 31];
  return code;
}
