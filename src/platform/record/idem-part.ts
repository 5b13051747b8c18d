import { byteas, int2s, int8s, texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Idempotency } from './intent.ts';
import type { Part, Scoped } from './part.ts';

export interface Remembered {
  readonly hash: Buffer;
  readonly status: number;
  readonly answer: string;
}

export interface Remember extends Idempotency {
  readonly status: number;
  readonly answer: string;
}

/** Answers by org, principal and key: those stored, and those of the batch so far. */
export type IdemState = Map<string, Remembered>;

export function idemName(org: number, idempotency: Idempotency): string {
  return `${org}\u0000${idempotency.principal}\u0000${idempotency.key}`;
}

/** The answer stored under a key, for what is refused before it reaches the record. */
export async function storedAnswer(
  tx: Tx,
  org: number,
  principal: string,
  key: string,
): Promise<Remembered | undefined> {
  const [row] = await tx.query<{ req_hash: Buffer; status: number; answer: string }>(
    'select req_hash, status, answer from platform.idem where org_id = $1 and principal = $2 and key = $3',
    [org, principal, key],
  );
  return row && { hash: row.req_hash, status: row.status, answer: row.answer };
}

/** The hashes of all requests of a principal that were carried out, by key: for imports, not for requests. */
export async function storedHashes(
  tx: Tx,
  org: number,
  principal: string,
): Promise<Map<string, Buffer>> {
  const rows = await tx.query<{ key: string; req_hash: Buffer }>(
    'select key, req_hash from platform.idem where org_id = $1 and principal = $2',
    [org, principal],
  );
  return new Map(rows.map((row) => [row.key, row.req_hash]));
}

/** The stored answers stand first in every batch: a repeated request is answered before anything is decided. */
export const idemPart: Part<Idempotency, IdemState, Remember> = {
  name: 'idem',
  rank: 0,
  async lock(tx: Tx, wants: readonly Scoped<Idempotency>[]): Promise<IdemState> {
    const rows = await tx.prepared<{
      org_id: number;
      principal: string;
      key: string;
      req_hash: Buffer;
      status: number;
      answer: string;
    }>(
      'idem_lock',
      `select i.org_id, i.principal, i.key, i.req_hash, i.status, i.answer
         from unnest($1::bigint[], $2::text[], $3::text[]) u(org_id, principal, key)
         join platform.idem i on i.org_id = u.org_id and i.principal = u.principal and i.key = u.key`,
      [
        int8s(wants.map((want) => want.org)),
        texts(wants.map((want) => want.value.principal)),
        texts(wants.map((want) => want.value.key)),
      ],
    );
    return new Map(
      rows.map((row) => [
        idemName(row.org_id, { principal: row.principal, key: row.key, hash: row.req_hash }),
        { hash: row.req_hash, status: row.status, answer: row.answer },
      ]),
    );
  },
  decide(state, org, items) {
    return () => {
      for (const entry of items) state.set(idemName(org, entry), entry);
    };
  },
  async write(tx, items) {
    await tx.join(
      'idem_write',
      `insert into platform.idem (org_id, principal, key, req_hash, status, answer)
       select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::smallint[], $6::text[])`,
      [
        int8s(items.map(({ org }) => org)),
        texts(items.map(({ value }) => value.principal)),
        texts(items.map(({ value }) => value.key)),
        byteas(items.map(({ value }) => value.hash)),
        int2s(items.map(({ value }) => value.status)),
        texts(items.map(({ value }) => value.answer)),
      ],
      items.length,
    );
  },
};
