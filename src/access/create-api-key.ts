import { newId } from '#kernel/ids';
import { audit, actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { KEY_COLUMNS, keyShown } from './api-key.ts';
import type { ApiKey, KeyRow } from './api-key.ts';
import { demandWithin } from './grant.ts';
import { hashOfToken, newToken, prefixOf } from './token.ts';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** null is all stores. */
  readonly stores: readonly string[] | null;
  /** Real time; null is never. */
  readonly expires: Date | null;
}

/** Creates a key; its secret exists only in this answer. @throws Refused grant_beyond_yours */
export async function createApiKey(
  tx: Tx,
  ctx: Ctx,
  key: NewApiKey,
): Promise<{ key: ApiKey; secret: string }> {
  demandWithin(ctx.principal, key.scopes, key.stores);
  const secret = newToken('key', ctx.org);
  const scopes = [...new Set(key.scopes)];
  const [row] = await tx.query<KeyRow>(
    `insert into access.api_key
       (org_id, key_id, secret_hash, prefix, name, scopes, stores, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${KEY_COLUMNS}`,
    [
      ctx.org,
      newId(),
      hashOfToken(secret),
      prefixOf(secret),
      key.name,
      scopes,
      key.stores,
      actorOf(ctx.principal),
      ctx.now,
      key.expires,
    ],
  );
  const shown = keyShown(row as KeyRow);
  await audit(tx, ctx, {
    verb: 'access.create-api-key',
    subject: `key:${shown.key_id}`,
    after: shown,
  });
  return { key: shown, secret };
}
