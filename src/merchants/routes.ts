import { answer, bind, type Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import * as contract from './contract.ts';
import { changeOrgIn } from './change-org.ts';
import type { Org, Store } from './core.ts';
import { createOrgIn } from './create-org.ts';
import { createStoreIn } from './create-store.ts';
import { listOrgs } from './list-orgs.ts';
import { listStores } from './list-stores.ts';
import { readOrg } from './org-rows.ts';

export function merchantsRoutes(db: Database): Route[] {
  return [...orgRoutes(db), ...storeRoutes(db)];
}

function orgRoutes(db: Database): Route[] {
  return [
    bind(contract.readOrg, async (ctx) =>
      answer(200, orgShown(await db.read([ctx.org], (tx) => readOrg(tx, ctx.org)))),
    ),
    bind(contract.listOrgs, async (ctx, { query: { limit, cursor, kind } }) => {
      const list = `orgs:${ctx.org}:${kind ?? ''}`;
      const after = decodeCursor(list, cursor)?.[0] as number | undefined;
      const orgs = await listOrgs(db, ctx, { after, limit: limit + 1, kind });
      return answer(
        200,
        page(orgs.map(orgShown), limit, list, (org) => [org.org_id]),
      );
    }),
    bind(contract.createOrg, (ctx, { body: { parent_id, ...wanted }, meta }) =>
      idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(
          201,
          orgShown(await createOrgIn(tx, ctx, { ...wanted, parentId: parent_id })),
        ),
      })),
    ),
    bind(contract.changeOrg, (ctx, { params, body, meta }) =>
      idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, orgShown(await changeOrgIn(tx, ctx, params.org_id, body))),
      })),
    ),
  ];
}

function storeRoutes(db: Database): Route[] {
  return [
    bind(contract.listStores, async (ctx, { query: { limit, cursor, status } }) => {
      const list = `stores:${ctx.org}:${status ?? ''}`;
      const after = decodeCursor(list, cursor)?.[0] as string | undefined;
      const stores = await listStores(db, ctx, { after, limit: limit + 1, status });
      return answer(
        200,
        page(stores.map(storeShown), limit, list, (store) => [store.code]),
      );
    }),
    bind(contract.createStore, (ctx, { body, meta }) =>
      idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(201, storeShown(await createStoreIn(tx, ctx, body))),
      })),
    ),
  ];
}

function orgShown({ id, parentId, createdAt, ...org }: Org) {
  return { org_id: id, ...org, parent_id: parentId, created_at: createdAt.toISOString() };
}

function storeShown({ id, ...store }: Store) {
  return { store_id: id, ...store };
}
