/** Limits of requests about coupons. */
export const ISSUE_MAX = 1_000;
export const QUANTITY_MAX = 1_000_000_000;
export const DAYS_MAX = 3_660;
/** The most coupons that one sale presents. */
export const PRESENTED_MAX = 20;

/** Crockford's base 32: without I, L, O and U, which are misread. */
export const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 10;

const CODE = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** A coupon's code as it is stored, of one typed with or without hyphen, also with letters misread; undefined if it is none. */
export function codeOf(typed: string): string | undefined {
  const plain = typed
    .toUpperCase()
    .replaceAll(/[-\s]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return CODE.test(plain) ? plain : undefined;
}

/** A stored code as people read it: "K7Q2M-9XD4T". */
export function codeShown(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}
