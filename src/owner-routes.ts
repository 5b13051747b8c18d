import { createOwner, hashPassword } from '#access';
import * as contract from '#access/contract';
import { demandOperator, readOrg } from '#merchants';
import { answer, bind, type Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import { idempotent } from '#platform/http/idempotent';
import type { OrgClocks } from '#platform/org-clock';

interface OwnerEdges {
  readonly db: Database;
  readonly clocks: OrgClocks;
}

/** The operator acts in the book of the new org: the owner, the audit record and the answer stand there. */
export function ownerRoutes({ db, clocks }: OwnerEdges): Route[] {
  return [
    bind(contract.createOwner, async (asked, { params: { org_id: org }, body, meta }) => {
      const { password, ...owner } = body;
      const passwordHash = await hashPassword(password);
      const ctx = { ...asked, org, now: clocks.now(org) };
      return idempotent(db, ctx, meta, async (tx) => {
        await demandOperator(tx, ctx);
        await readOrg(tx, org);
        return { answer: answer(201, await createOwner(tx, ctx, { ...owner, passwordHash })) };
      });
    }),
  ];
}
