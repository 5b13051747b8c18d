import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { offersOfAllStores } from './refusals.ts';
import { approvalNeedsPerson } from './review-refusals.ts';
import type { OffersRoom } from './room.ts';

/** Whether an org's offers are published only after a second person approved them. */
export interface ApprovalSetting {
  readonly approval: 'required' | 'not';
  /** False: nobody chose, it follows the kind of the org. */
  readonly chosen: boolean;
}

/** What the org chose; a merchant that did not needs no approval, any other org does. */
export async function approvalSetting(
  { db, knows }: OffersRoom,
  org: number,
): Promise<ApprovalSetting> {
  const [row] = await db.read([org], (tx) =>
    tx.query<Pick<ApprovalSetting, 'approval'>>(
      'select approval from offers.setting where org_id = $1',
      [org],
    ),
  );
  if (row) return { ...row, chosen: true };
  return { approval: (await knows.merchant(org)) ? 'not' : 'required', chosen: false };
}

/** A person chooses for the org. @throws Refused approval_needs_person, offers_of_all_stores */
export async function chooseApproval(
  tx: Tx,
  ctx: Ctx,
  approval: ApprovalSetting['approval'],
): Promise<ApprovalSetting> {
  must(ctx.principal.stores === 'all', offersOfAllStores);
  must(ctx.principal.kind === 'staff', approvalNeedsPerson);
  const [before] = await tx.query(
    'select approval from offers.setting where org_id = $1 for update',
    [ctx.org],
  );
  await tx.execute(
    `insert into offers.setting (org_id, approval, updated_at) values ($1, $2, $3)
     on conflict (org_id) do update set approval = excluded.approval, updated_at = excluded.updated_at`,
    [ctx.org, approval, ctx.now],
  );
  const after = { approval };
  await audit(tx, ctx, {
    verb: 'offers.choose-approval',
    subject: `org:${ctx.org}`,
    before: before ?? null,
    after,
  });
  return { approval, chosen: true };
}
