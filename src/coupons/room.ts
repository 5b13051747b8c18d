import type { MembersRoom } from '#members';
import type { OrgFacts } from '#merchants';
import type { Database } from '#platform/db/transact';
import type { SnapshotSource } from '#platform/snapshot';
import { type CouponLookUp, couponLookUp } from './look-up-coupons.ts';
import { type TemplatesByCode, templateSnapshots } from './templates.ts';

export interface CouponsRoom {
  readonly db: Database;
  readonly orgs: SnapshotSource<OrgFacts>;
  readonly members: MembersRoom;
  /** Kind 'coupon-templates', per owner; a hot write hands it to the record for its version. */
  readonly templates: SnapshotSource<TemplatesByCode>;
  readonly lookUp: CouponLookUp;
}

/** Opens the room; one per process, so that look-ups of all requests gather. */
export function openCoupons(
  db: Database,
  orgs: SnapshotSource<OrgFacts>,
  members: MembersRoom,
): CouponsRoom {
  return { db, orgs, members, templates: templateSnapshots(db), lookUp: couponLookUp(db) };
}
