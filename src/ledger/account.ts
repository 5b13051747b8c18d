import { hash } from 'node:crypto';
import { type AccountCode, type Asset, chartLine } from './chart.ts';

/** An account of a book by its name; the same name has the same id in every book. */
export interface AccountRef {
  readonly code: AccountCode;
  readonly owner: string;
  readonly asset: Asset;
  /** The first 63 bits of SHA-256(code, owner, asset): opening an account needs no round trip. */
  readonly id: bigint;
}

const REMEMBERED_MAX = 100_000;
const remembered = new Map<string, AccountRef>();

/** @param owner the store, member, budget, programme or peer org that completes the account; "-" for none */
export function account(code: AccountCode, owner: string | number = '-'): AccountRef {
  const name = `${code}/${owner}`;
  const known = remembered.get(name);
  if (known) return known;
  const { asset } = chartLine(code);
  const digest = hash('sha256', `${code}\u0000${owner}\u0000${asset}`, 'buffer');
  const ref = { code, owner: String(owner), asset, id: digest.readBigUInt64BE(0) >> 1n };
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(name, ref);
  return ref;
}
