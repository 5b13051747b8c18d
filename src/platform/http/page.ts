import { createHash } from 'node:crypto';
import { Refused } from '#kernel/refusal';
import { cursorMalformed } from './refusals.ts';

/** Where a page ended: the values of the list's ordering columns in its last row. */
export type Position = readonly (string | number | null)[];

const CHECK_BYTES = 6;

/**
 * A cursor that only the list named by `list` accepts: put into it the operation, the org and every
 * filter. The checksum guards against mistakes, not against forgery; positions are only compared with.
 */
export function encodeCursor(list: string, position: Position): string {
  const text = JSON.stringify(position);
  return Buffer.concat([checksum(list, text), Buffer.from(text)]).toString('base64url');
}

/** @throws Refused cursor_malformed; @returns undefined for the first page. */
export function decodeCursor(list: string, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(CHECK_BYTES).toString();
  const sound = bytes.length > CHECK_BYTES && bytes.toString('base64url') === cursor;
  if (!sound || !checksum(list, text).equals(bytes.subarray(0, CHECK_BYTES)))
    throw new Refused(cursorMalformed());
  return JSON.parse(text) as Position;
}

/** The reply of a list from at most `limit + 1` rows: one row more than asked says that a page follows. */
export function page<T>(
  rows: readonly T[],
  limit: number,
  list: string,
  positionOf: (row: T) => Position,
): { items: T[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next_cursor =
    rows.length > limit && last !== undefined ? encodeCursor(list, positionOf(last)) : null;
  return { items, next_cursor };
}

function checksum(list: string, text: string): Buffer {
  return createHash('sha256').update(`${list}\n${text}`).digest().subarray(0, CHECK_BYTES);
}
