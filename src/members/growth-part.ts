import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';
import type { Tier } from './core.ts';
import { tierAfter } from './growth.ts';

/** Growth value that a member of the book earns, or loses with a refund. */
export interface GrowthMove {
  readonly memberId: string;
  /** Below zero: taken back. */
  readonly amount: number;
  /** The payment or refund it comes from. */
  readonly source: string;
  readonly at: Date;
}

interface Standing {
  growth: number;
  tier: string;
  readonly before: { readonly growth: number; readonly tier: string };
  readonly tiers: readonly Tier[];
}

type GrowthState = Map<string, Standing>;

interface Row {
  readonly org_id: number;
  readonly member_id: string;
  readonly growth: number;
  readonly tier: string;
  readonly tiers: readonly Tier[];
}

/** The members' share in a hot write: growth value, and the tier that follows from it. */
export const growthPart: Part<string, GrowthState, GrowthMove> = {
  name: 'growth',
  rank: 28,
  async lock(tx, wants) {
    const asked = [...new Map(wants.map((want) => [nameOf(want.org, want.value), want])).values()];
    const rows = await tx.prepared<Row>(
      'members_lock_growth',
      `select m.org_id, m.member_id, m.growth, m.tier, p.tiers
         from unnest($1::bigint[], $2::uuid[]) u(o, i)
         join members.member m on m.org_id = u.o and m.member_id = u.i
         join members.programme p on p.org_id = m.org_id and p.programme_id = m.programme_id
        order by m.org_id, m.member_id for update of m`,
      [int8s(asked.map(({ org }) => org)), uuids(asked.map(({ value }) => value))],
    );
    return new Map(
      rows.map(({ org_id: org, member_id: id, growth, tier, tiers }) => [
        nameOf(org, id),
        { growth, tier, tiers, before: { growth, tier } },
      ]),
    );
  },
  blank: () => new Map(),
  decide: (state, org, moves) => () => {
    for (const { memberId, amount } of moves) {
      const member = state.get(nameOf(org, memberId));
      if (!member) throw new Error(`member ${memberId} of org ${org} is not locked`);
      const growth = { before: member.growth, after: member.growth + amount };
      member.tier = tierAfter(member.tiers, member.tier, growth);
      member.growth = growth.after;
    }
  },
  async write(tx, items, state) {
    const last = new Map(items.map((each) => [nameOf(each.org, each.value.memberId), each]));
    await Promise.all([writeGrowth(tx, [...last.values()], state), auditTiers(tx, last, state)]);
  },
};

async function writeGrowth(
  tx: Tx,
  moved: readonly Scoped<GrowthMove>[],
  state: GrowthState,
): Promise<void> {
  const after = moved.map(({ org, value }) => state.get(nameOf(org, value.memberId)) as Standing);
  await tx.join(
    'members_growth',
    `update members.member m set growth = u.g, tier = u.t
       from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[]) u(o, i, g, t)
      where m.org_id = u.o and m.member_id = u.i`,
    [
      int8s(moved.map(({ org }) => org)),
      uuids(moved.map(({ value }) => value.memberId)),
      int8s(after.map(({ growth }) => growth)),
      texts(after.map(({ tier }) => tier)),
    ],
    moved.length,
  );
}

/** A tier is a right: whoever asks later is told which sale gave it and which refund took it. */
async function auditTiers(
  tx: Tx,
  moved: ReadonlyMap<string, Scoped<GrowthMove>>,
  state: GrowthState,
): Promise<void> {
  const records = [...moved].flatMap(([name, { org, value }]) => {
    const { growth, tier, before } = state.get(name) as Standing;
    if (tier === before.tier) return [];
    const change = {
      verb: 'members.grow',
      subject: `member:${value.memberId}`,
      before,
      after: { growth, tier },
    };
    return [audit(tx, byGrowth(org, value), change)];
  });
  await Promise.all(records);
}

function byGrowth(org: number, { at, source }: GrowthMove): Ctx {
  const scopes = new Set<string>();
  const who = { kind: 'system', id: 'growth', name: 'growth' } as const;
  const principal = { ...who, org, scopes, stores: 'all' } as const;
  return { org, principal, now: at, requestId: source, locale: 'zh' };
}

function nameOf(org: number, memberId: string): string {
  return `${org}/${memberId}`;
}
