/** An API key as stored, without its hash. */
export interface KeyRow {
  readonly key_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string[];
  readonly stores: string[] | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly last_used: string | null;
}

export const KEY_COLUMNS =
  'key_id, name, prefix, scopes, stores, created_at, expires_at, revoked_at, last_used';

export function keyShown(row: KeyRow) {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}

export type ApiKey = ReturnType<typeof keyShown>;
