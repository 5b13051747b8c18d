import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { notASession } from './refusals.ts';
import type { AccessRoom } from './room.ts';
import { readBearer } from './token.ts';

/** Ends the session of the token sent. @throws Refused not_a_session for an API key. */
export async function signOut(room: AccessRoom, ctx: Ctx, authorization: string): Promise<void> {
  const bearer = readBearer(authorization);
  must(bearer?.kind === 'staff', notASession);
  await room.db.transact([ctx.org], async (tx) => {
    await tx.execute(
      'update access.session set revoked_at = $3 where org_id = $1 and token_hash = $2 and revoked_at is null',
      [ctx.org, bearer.hash, room.now()],
    );
    await audit(tx, ctx, { verb: 'access.sign-out', subject: `staff:${ctx.principal.id}` });
  });
  room.bearers.forget(ctx.principal.id);
}
