import { must } from '#kernel/refusal';
import type { Principal } from '#platform/context';
import { answer, bind } from '#platform/contract';
import type { Route } from '#platform/contract';
import { idempotent } from '#platform/http/idempotent';
import * as contract from './contract.ts';
import { createApiKey } from './create-api-key.ts';
import { createStaff } from './create-staff.ts';
import { disableStaff } from './disable-staff.ts';
import { listApiKeys, listStaff } from './list-access.ts';
import { hashPassword } from './password.ts';
import { expiryPast } from './refusals.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import type { AccessRoom } from './room.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

export function accessRoutes(room: AccessRoom): Route[] {
  return [...sessionRoutes(room), ...staffRoutes(room), ...keyRoutes(room)];
}

function sessionRoutes(room: AccessRoom): Route[] {
  return [
    bind(contract.signIn, async (ctx, { body }) => {
      const { token, expires, principal } = await signIn(room, ctx, body);
      const shown = principalShown(principal);
      return answer(201, { token, expires_at: expires.toISOString(), principal: shown });
    }),
    bind(contract.signOut, async (ctx, { meta }) => {
      await signOut(room, ctx, meta.authorization);
      return answer(204, undefined);
    }),
    bind(contract.whoAmI, (ctx) => answer(200, principalShown(ctx.principal))),
  ];
}

function staffRoutes({ db, bearers }: AccessRoom): Route[] {
  return [
    bind(contract.listStaff, async (ctx, { query }) =>
      answer(200, await listStaff(db, ctx, query)),
    ),
    bind(contract.createStaff, async (ctx, { body, meta }) => {
      const { password, ...staff } = body;
      const passwordHash = await hashPassword(password);
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(201, await createStaff(tx, ctx, { ...staff, passwordHash })),
      }));
    }),
    bind(contract.disableStaff, async (ctx, { params, meta }) => {
      const done = await idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, await disableStaff(tx, ctx, params.staff_id)),
      }));
      bearers.forget(params.staff_id);
      return done;
    }),
  ];
}

function keyRoutes({ db, bearers, now }: AccessRoom): Route[] {
  return [
    bind(contract.listApiKeys, async (ctx, { query }) =>
      answer(200, await listApiKeys(db, ctx, query)),
    ),
    bind(contract.createApiKey, async (ctx, { body, meta }) => {
      const expires = body.expires_at === null ? null : new Date(body.expires_at);
      return idempotent(db, ctx, meta, async (tx) => {
        must(expires === null || expires > now(), expiryPast);
        const { key, secret } = await createApiKey(tx, ctx, { ...body, expires });
        return { answer: answer(201, { key, secret }), stored: { key, secret: null } };
      });
    }),
    bind(contract.revokeApiKey, async (ctx, { params, meta }) => {
      const done = await idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, await revokeApiKey(tx, ctx, params.key_id)),
      }));
      bearers.forget(params.key_id);
      return done;
    }),
  ];
}

function principalShown({ kind, id, name, org, scopes, stores }: Principal) {
  return {
    kind,
    id,
    name,
    org_id: org,
    scopes: [...scopes].toSorted(),
    stores: stores === 'all' ? null : [...stores],
  };
}
