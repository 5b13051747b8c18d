import { demandStore } from '#access';
import { answer, bind, type Route } from '#platform/contract';
import { demandAllStores } from '#platform/http/demand-all-stores';
import { idempotent } from '#platform/http/idempotent';
import { changeMember } from './change-member.ts';
import * as contract from './contract.ts';
import { createProgramme } from './create-programme.ts';
import { demandConsent, enrolStoreIn } from './enrol-store.ts';
import { eraseMember } from './erase-member.ts';
import { getMember, membersByPhone } from './get-member.ts';
import { joinAsPlanned, planJoining } from './join-member.ts';
import { inviteMerchant } from './invite-merchant.ts';
import { listMembers } from './list-members.ts';
import { listProgrammes, type ProgrammeListed } from './list-programmes.ts';
import { withoutPerson } from './member-rows.ts';
import type { MembersRoom } from './room.ts';

export function memberRoutes(room: MembersRoom): Route[] {
  return [...readRoutes(room), ...writeRoutes(room), ...programmeRoutes(room)];
}

function readRoutes(room: MembersRoom): Route[] {
  return [
    bind(contract.listMembers, async (ctx, { query }) => {
      const { phone, store, programme, limit, cursor } = query;
      if (phone === undefined) {
        return answer(200, await listMembers(room, ctx, { programmeId: programme, limit, cursor }));
      }
      if (store !== undefined) demandStore(ctx, store);
      const asked = { storeId: store, programmeId: programme };
      return answer(200, {
        items: await membersByPhone(room, ctx, phone, asked),
        next_cursor: null,
      });
    }),
    bind(contract.getMember, async (ctx, { params }) =>
      answer(200, await getMember(room, ctx, params.member_id)),
    ),
  ];
}

function writeRoutes(room: MembersRoom): Route[] {
  return [
    bind(contract.joinMember, async (ctx, { body, meta }) => {
      if (body.store_id !== null) demandStore(ctx, body.store_id);
      const { phone, store_id: storeId, programme_id: programmeId, name, birthday } = body;
      const plan = await planJoining(room, ctx, { phone, storeId, programmeId, name, birthday });
      return idempotent(room.db, ctx, meta, async (tx) => {
        const { member, created } = await joinAsPlanned(room, tx, ctx, plan);
        const done = created ? answer(201, member) : answer(200, member);
        return { answer: done, stored: withoutPerson(member) };
      });
    }),
    bind(contract.changeMember, (ctx, { params, body, meta }) => {
      demandAllStores(ctx);
      return idempotent(room.db, ctx, meta, async (tx) => {
        const member = await changeMember(room, tx, ctx, params.member_id, body);
        return { answer: answer(200, member), stored: withoutPerson(member) };
      });
    }),
    bind(contract.eraseMember, (ctx, { params, meta }) => {
      demandAllStores(ctx);
      return idempotent(room.db, ctx, meta, async (tx) => {
        await eraseMember(tx, ctx, params.member_id);
        return { answer: answer(204, undefined) };
      });
    }),
  ];
}

function programmeRoutes(room: MembersRoom): Route[] {
  return [
    bind(contract.listProgrammes, async (ctx, { query }) => {
      const { items, next_cursor } = await listProgrammes(room, ctx, query);
      return answer(200, { items: items.map(programmeShown), next_cursor });
    }),
    bind(contract.createProgramme, (ctx, { body, meta }) =>
      idempotent(room.db, ctx, meta, async (tx) => {
        const { code, name, point_value_ppm: pointValuePpm, tiers } = body;
        const programme = await createProgramme(tx, ctx, { code, name, pointValuePpm, tiers });
        return { answer: answer(201, programmeShown({ ...programme, stores: [] })) };
      }),
    ),
    bind(contract.enrolStore, async (ctx, { params, body, meta }) => {
      const { store_id: storeId, merchant_org: merchantOrg, owner_org: ownerOrg, priority } = body;
      const { programme_id: programmeId } = params;
      const wanted = { programmeId, storeId, merchantOrg, ownerOrg, priority };
      const consent = await demandConsent(room, ctx, wanted);
      if ((merchantOrg ?? ctx.org) === ctx.org) demandStore(ctx, storeId);
      return idempotent(room.db, ctx, meta, async (tx) => {
        await enrolStoreIn(tx, ctx, wanted, consent);
        return { answer: answer(204, undefined) };
      });
    }),
    bind(contract.inviteMerchant, (ctx, { params, body, meta }) => {
      demandAllStores(ctx);
      const invitation = { programmeId: params.programme_id, merchantOrg: body.merchant_org };
      return idempotent(room.db, ctx, meta, async (tx) => {
        await inviteMerchant(tx, ctx, invitation);
        return { answer: answer(204, undefined) };
      });
    }),
  ];
}

function programmeShown({
  programmeId,
  ownerOrg,
  pointValuePpm,
  stores,
  ...rest
}: ProgrammeListed) {
  const { code, name, tiers, status } = rest;
  return {
    programme_id: programmeId,
    owner_org: ownerOrg,
    code,
    name,
    point_value_ppm: pointValuePpm,
    tiers: [...tiers],
    status,
    stores: stores.map(({ storeId, priority }) => ({ store_id: storeId, priority })),
  };
}
