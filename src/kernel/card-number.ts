const DIGITS_MIN = 13;
const DIGITS_MAX = 19;

/** What people put between the digits of a card number. */
const GAP = /^[ .-]$/;

/**
 * Whether a text holds what looks like the number of a payment card: 13 to 19 digits, at will with blanks,
 * hyphens or dots between them, that pass the Luhn check. One in ten other numbers of that length does too.
 */
export function holdsCardNumber(text: string): boolean {
  const groups: string[] = [];
  const plain = text.normalize('NFKC');
  let last = 0;
  for (const { 0: digits, index } of plain.matchAll(/\d+/g)) {
    if (!GAP.test(plain.slice(last, index))) groups.length = 0;
    groups.push(digits);
    if (endsInCardNumber(groups)) return true;
    last = index + digits.length;
  }
  return false;
}

function endsInCardNumber(groups: readonly string[]): boolean {
  let joined = '';
  for (let at = groups.length - 1; at >= 0; at--) {
    joined = `${groups[at]}${joined}`;
    if (joined.length > DIGITS_MAX) return false;
    if (joined.length >= DIGITS_MIN && passesLuhn(joined)) return true;
  }
  return false;
}

/** The check digit of ISO/IEC 7812. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
