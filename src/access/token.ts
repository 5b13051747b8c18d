import { hash, randomBytes } from 'node:crypto';

export type TokenKind = 'staff' | 'key';

const MARK = { staff: 'tbs', key: 'tbk' } as const;
const SHAPE = /^(tbs|tbk)_([0-9a-z]{1,11})_[A-Za-z0-9_-]{43}$/;

/** A new bearer token, "tbs_<org in base 36>_<256 random bits>": it names its org, as lookups start there. */
export function newToken(kind: TokenKind, org: number): string {
  return `${MARK[kind]}_${org.toString(36)}_${randomBytes(32).toString('base64url')}`;
}

/** Kind and org of a token as sent in "Bearer <token>"; undefined unless it has the shape of one. */
export function readBearer(
  authorization: string,
): { kind: TokenKind; org: number; hash: Buffer } | undefined {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  const match = SHAPE.exec(token);
  if (!match) return undefined;
  const org = Number.parseInt(match[2] as string, 36);
  if (!Number.isSafeInteger(org)) return undefined;
  return { kind: match[1] === 'tbs' ? 'staff' : 'key', org, hash: hashOfToken(token) };
}

/** 256 random bits need no slow hash: nobody guesses them. */
export function hashOfToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** The beginning of a key by which people tell keys apart; 36 of its 256 bits. */
export function prefixOf(token: string): string {
  return token.slice(0, token.indexOf('_', 4) + 7);
}
