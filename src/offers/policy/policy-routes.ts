import { dayOf } from '#kernel/day';
import { answer, bind, type Route } from '#platform/contract';
import type { Ctx } from '#platform/context';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import type { OffersRoom } from '../room.ts';
import { approvePolicySet, rejectPolicySet } from './decide-policy-set.ts';
import { listBreaches } from './list-breaches.ts';
import * as contract from './policy-contract.ts';
import { listPolicySets, policyOn, type PolicySet, readPolicySet } from './policy-rows.ts';
import { proposePolicySet } from './propose-policy-set.ts';

export function policyRoutes(room: OffersRoom): Route[] {
  return [...readingRoutes(room), ...writingRoutes(room)];
}

async function todayOf({ knows }: OffersRoom, { org, now }: Ctx): Promise<string> {
  return dayOf(now, await knows.zone(org));
}

function readingRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.listPolicySets, async (ctx, { query: { limit, cursor } }) => {
      const today = await todayOf(room, ctx);
      const before = decodeCursor('policy-sets', cursor)?.[0] as number | undefined;
      const [sets, current] = await db.read([], async (tx) => [
        await listPolicySets(tx, { before, limit: limit + 1 }),
        await policyOn(tx, today),
      ]);
      const shown = sets.map((set) => policyShown(set, current));
      return answer(
        200,
        page(shown, limit, 'policy-sets', ({ version }) => [version]),
      );
    }),
    bind(contract.readPolicySet, async (ctx, { params: { version } }) => {
      const today = await todayOf(room, ctx);
      return db.read([], async (tx) => {
        const set = await readPolicySet(tx, version);
        return answer(200, policyShown(set, await policyOn(tx, today)));
      });
    }),
    bind(contract.listPolicyBreaches, async (ctx, { params: { version }, query }) => {
      const { limit, cursor } = query;
      const list = `policy-breaches:${version}`;
      const at = decodeCursor(list, cursor) as [number, string] | undefined;
      const after = at && { org: at[0], offer: at[1] };
      const found = await listBreaches(room, ctx, version, { after, limit: limit + 1 });
      const shown = found.map(({ org, offer, ...rest }) => ({
        org_id: org,
        offer_id: offer,
        ...rest,
        breaches: [...rest.breaches],
      }));
      return answer(
        200,
        page(shown, limit, list, ({ org_id, offer_id }) => [org_id, offer_id]),
      );
    }),
  ];
}

function writingRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.proposePolicySet, async (ctx, { body, meta }) => {
      const zone = await room.knows.zone(ctx.org);
      return idempotent(db, ctx, meta, async (tx) => {
        const set = await proposePolicySet(tx, ctx, zone, body);
        return { answer: answer(201, policyShown(set, null)) };
      });
    }),
    bind(contract.approvePolicySet, async (ctx, { params: { version }, meta }) => {
      const today = await todayOf(room, ctx);
      return idempotent(db, ctx, meta, async (tx) => {
        const set = await approvePolicySet(tx, ctx, version);
        return { answer: answer(200, policyShown(set, await policyOn(tx, today))) };
      });
    }),
    bind(contract.rejectPolicySet, (ctx, { params: { version }, body, meta }) =>
      idempotent(db, ctx, meta, async (tx) => {
        const set = await rejectPolicySet(tx, ctx, version, body.reason);
        return { answer: answer(200, policyShown(set, null)) };
      }),
    ),
  ];
}

function policyShown(set: PolicySet, current: PolicySet | null) {
  return {
    version: set.version,
    status: set.status,
    in_force: set.version === current?.version,
    definition: { ...set.definition },
    proposed_by: set.proposedBy,
    proposed_at: set.proposedAt.toISOString(),
    decided_by: set.decidedBy,
    decided_at: set.decidedAt?.toISOString() ?? null,
    reason: set.reason,
  };
}
