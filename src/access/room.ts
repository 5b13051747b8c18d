import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import { rememberBearers } from './bearers.ts';
import type { Bearers } from './bearers.ts';
import { lookUpBearer } from './look-up-bearer.ts';

/** A read that the merchants' register answers: the org of a merchant's code (lower case), or null. */
export type OrgByCode = (code: string) => Promise<number | null>;

export interface AccessRoom {
  readonly db: Database;
  readonly bearers: Bearers;
  readonly orgByCode: OrgByCode;
  /** Real time: tokens do not follow the clock of a sandbox. */
  readonly now: () => Date;
}

/** Opens the room; one per process. */
export function openAccess(
  db: Database,
  orgByCode: OrgByCode,
  now: () => Date = realNow,
): AccessRoom {
  const bearers = rememberBearers((authorization) => lookUpBearer(db, authorization, now()));
  return { db, bearers, orgByCode, now };
}
