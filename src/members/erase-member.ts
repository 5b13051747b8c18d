import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { lockMember } from './change-member.ts';

/**
 * Removes a member's personal data for good; the id stays, because journals and payments know it. The
 * phone number may join again, as another member. Erasing twice changes nothing.
 * @throws Refused member_unknown
 */
export async function eraseMember(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const before = await lockMember(tx, ctx.org, id);
  if (before.status === 'erased') return;
  await tx.execute(
    `update members.member
        set status = 'erased', phone_sealed = null, phone_blind = null, name_sealed = null,
            birthday_sealed = null, labels = '{}'
      where org_id = $1 and member_id = $2`,
    [ctx.org, id],
  );
  await audit(tx, ctx, {
    verb: 'members.erase-member',
    subject: `member:${id}`,
    before: { status: before.status },
    after: { status: 'erased' },
  });
}
