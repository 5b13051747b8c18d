import { newId } from '#kernel/ids';
import type { Ctx, Principal } from '#platform/context';
import type { Tx } from '#platform/db/transact';

/** One write that is not a journal: which verb changed what. Never secrets, never personal data in clear. */
export interface AuditedChange {
  readonly verb: string;
  /** What was changed, as "offer:<id>". */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes an audit record in the transaction of the change itself. */
export async function audit(
  tx: Tx,
  ctx: Ctx,
  { verb, subject, before, after }: AuditedChange,
): Promise<void> {
  await tx.execute(
    `insert into platform.audit (org_id, audit_id, at, principal, verb, subject, before, after, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ctx.org,
      newId(),
      ctx.now,
      actorOf(ctx.principal),
      verb,
      subject,
      before === undefined ? null : JSON.stringify(before),
      after === undefined ? null : JSON.stringify(after),
      ctx.requestId,
    ],
  );
}

/** The principal as it stands in journals, audit records and idempotency keys: "staff:<id>". */
export function actorOf(principal: Principal): string {
  return `${principal.kind}:${principal.id}`;
}
