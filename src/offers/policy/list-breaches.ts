import type { Text } from '#kernel/refusal';
import { demandOperator } from '#merchants';
import { int8s } from '#platform/db/arrays';
import type { Ctx } from '#platform/context';
import { goodsOf } from '../check/unknown.ts';
import type { OffersRoom } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { type Breach, breachesOf } from './breaches.ts';
import { readPolicySet } from './policy-rows.ts';

/** A published offer that breaks a rule of a set. */
export interface BreachingOffer {
  readonly org: number;
  readonly offer: string;
  readonly code: string;
  readonly name: Text;
  readonly status: 'live' | 'paused';
  readonly version: number;
  readonly breaches: readonly Breach[];
}

interface Row {
  readonly org_id: number;
  readonly offer_id: string;
  readonly code: string;
  readonly status: 'live' | 'paused';
  readonly version: number;
  readonly definition: Definition;
}

export interface AfterOffer {
  readonly org: number;
  readonly offer: string;
}

const ORGS_AT_ONCE = 200;
const ROWS_AT_ONCE = 200;

/**
 * The live and paused offers of all orgs that a set, proposed or published, would not let through, by org
 * and offer. Nothing is changed by it: whoever owns them is told.
 * @throws Refused operator_only, policy_set_unknown
 */
export async function listBreaches(
  room: OffersRoom,
  ctx: Ctx,
  version: number,
  asked: { readonly after?: AfterOffer | undefined; readonly limit: number },
): Promise<BreachingOffer[]> {
  const { db, knows } = room;
  const { definition: set } = await db.read([ctx.org], async (tx) => {
    await demandOperator(tx, ctx);
    return readPolicySet(tx, version);
  });
  const found: BreachingOffer[] = [];
  for await (const row of publishedOffers(room, asked.after)) {
    const goods = await goodsOf(knows, row.org_id, row.definition);
    const breaches = breachesOf(row.definition, set, goods);
    if (breaches.length === 0) continue;
    const { org_id: org, offer_id: offer, definition, ...rest } = row;
    found.push({ ...rest, org, offer, name: definition.name, breaches });
    if (found.length >= asked.limit) break;
  }
  return found;
}

async function* publishedOffers(
  { db, knows }: OffersRoom,
  after: AfterOffer | undefined,
): AsyncGenerator<Row> {
  const orgs = (await knows.orgs()).filter((org) => org >= (after?.org ?? 0));
  for (let at = 0; at < orgs.length; at += ORGS_AT_ONCE) {
    const some = orgs.slice(at, at + ORGS_AT_ONCE);
    let last = after ?? { org: 0, offer: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const from = last;
      const rows = await db.read(some, (tx) =>
        tx.query<Row>(
          `select o.org_id, o.offer_id, o.code, o.status, v.version, v.definition
             from offers.offer o
             join offers.version v
               on v.org_id = o.org_id and v.offer_id = o.offer_id and v.version = o.live_version
            where o.org_id = any($1::bigint[]) and o.status in ('live', 'paused')
              and (o.org_id, o.offer_id) > ($2::bigint, $3::uuid)
            order by o.org_id, o.offer_id limit ${ROWS_AT_ONCE}`,
          [int8s(some), from.org, from.offer],
        ),
      );
      yield* rows;
      const end = rows.at(-1);
      if (!end || rows.length < ROWS_AT_ONCE) break;
      last = { org: end.org_id, offer: end.offer_id };
    }
  }
}
