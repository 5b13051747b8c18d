import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { KEY_COLUMNS, keyShown } from './api-key.ts';
import type { ApiKey, KeyRow } from './api-key.ts';
import { apiKeyUnknown } from './refusals.ts';

/** Revokes a key; twice changes nothing. Forget its bearer after the commit. @throws Refused api_key_unknown */
export async function revokeApiKey(tx: Tx, ctx: Ctx, keyId: string): Promise<ApiKey> {
  const [before] = await tx.query<KeyRow>(
    `select ${KEY_COLUMNS} from access.api_key where org_id = $1 and key_id = $2 for update`,
    [ctx.org, keyId],
  );
  must(before, apiKeyUnknown);
  if (before.revoked_at) return keyShown(before);
  await tx.execute('update access.api_key set revoked_at = $3 where org_id = $1 and key_id = $2', [
    ctx.org,
    keyId,
    ctx.now,
  ]);
  await audit(tx, ctx, {
    verb: 'access.revoke-api-key',
    subject: `key:${keyId}`,
    before: { revoked_at: null },
    after: { revoked_at: ctx.now },
  });
  return keyShown({ ...before, revoked_at: ctx.now });
}
