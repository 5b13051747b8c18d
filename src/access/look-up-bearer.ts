import { dayOf } from '#kernel/day';
import type { Database } from '#platform/db/transact';
import type { Found } from './bearers.ts';
import { scopesOfRole } from './permissions.ts';
import { slidTo } from './session.ts';
import { readBearer } from './token.ts';

const ZONE = 'Asia/Shanghai';

/** Finds who bears a token, and notes its use: a session slides on, a key remembers the day. */
export async function lookUpBearer(
  db: Database,
  authorization: string,
  now: Date,
): Promise<Found | undefined> {
  const bearer = readBearer(authorization);
  if (!bearer) return undefined;
  return bearer.kind === 'staff'
    ? lookUpSession(db, bearer.org, bearer.hash, now)
    : lookUpKey(db, bearer.org, bearer.hash, now);
}

interface SessionRow {
  staff_id: string;
  name: string;
  role: string;
  stores: string[] | null;
  expires_at: Date;
  ends_at: Date;
}

async function lookUpSession(
  db: Database,
  org: number,
  hash: Buffer,
  now: Date,
): Promise<Found | undefined> {
  const [row] = await db.read([org], (tx) =>
    tx.query<SessionRow>(
      `select s.staff_id, p.name, p.role, p.stores, s.expires_at, s.ends_at
       from access.session s join access.staff p on p.org_id = s.org_id and p.staff_id = s.staff_id
       where s.org_id = $1 and s.token_hash = $2 and s.revoked_at is null and s.expires_at > $3 and p.status = 'active'`,
      [org, hash, now],
    ),
  );
  if (!row) return undefined;
  const expires = slidTo(now, row.expires_at, row.ends_at);
  if (expires) {
    await db.transact([org], (tx) =>
      tx.execute(
        'update access.session set expires_at = $3 where org_id = $1 and token_hash = $2 and revoked_at is null',
        [org, hash, expires],
      ),
    );
  }
  return {
    principal: {
      kind: 'staff',
      id: row.staff_id,
      name: row.name,
      org,
      scopes: scopesOfRole(row.role),
      stores: storesOf(row.stores),
    },
    endsInMs: (expires ?? row.expires_at).getTime() - now.getTime(),
  };
}

interface KeyRow {
  key_id: string;
  name: string;
  scopes: string[];
  stores: string[] | null;
  expires_at: Date | null;
  last_used: string | null;
}

async function lookUpKey(
  db: Database,
  org: number,
  hash: Buffer,
  now: Date,
): Promise<Found | undefined> {
  const [row] = await db.read([org], (tx) =>
    tx.query<KeyRow>(
      `select key_id, name, scopes, stores, expires_at, last_used from access.api_key
       where org_id = $1 and secret_hash = $2 and revoked_at is null and (expires_at is null or expires_at > $3)`,
      [org, hash, now],
    ),
  );
  if (!row) return undefined;
  const today = dayOf(now, ZONE);
  if (row.last_used !== today) {
    await db.transact([org], (tx) =>
      tx.execute('update access.api_key set last_used = $3 where org_id = $1 and key_id = $2', [
        org,
        row.key_id,
        today,
      ]),
    );
  }
  return {
    principal: {
      kind: 'key',
      id: row.key_id,
      name: row.name,
      org,
      scopes: new Set(row.scopes),
      stores: storesOf(row.stores),
    },
    endsInMs: row.expires_at ? row.expires_at.getTime() - now.getTime() : Infinity,
  };
}

function storesOf(stores: string[] | null): 'all' | ReadonlySet<string> {
  return stores === null ? 'all' : new Set(stores);
}
