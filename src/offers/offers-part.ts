import { int2s, int4s, int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';
import type { CounterUse, Decision } from './engine/decision.ts';
import type { Usage } from './engine/facts.ts';

/** What a payment was granted, and the uses that counts for or gives back. */
export interface OffersItem {
  readonly paymentId: string;
  readonly decisions: readonly OwnedDecision[];
  readonly uses: readonly CounterUse[];
  /** Uses are given back, and nothing is granted. */
  readonly takenBack?: true;
}

/** A decision with the org whose offer it was. */
export interface OwnedDecision {
  readonly ownerOrg: number;
  readonly decision: Decision;
}

interface MovingUsage {
  count: number;
  amount: number;
}

/** The locked counters of a batch; a counter that was not locked reads as zero. */
export class UsageState {
  readonly #usage = new Map<string, MovingUsage>();

  /** Every counter of `counters` that stands, for the engine's facts. */
  facts(org: number, counters: readonly string[]): Record<string, Usage> {
    const facts: Record<string, Usage> = {};
    for (const counter of counters) {
      const usage = this.#usage.get(`${org}/${counter}`);
      if (usage) facts[counter] = { count: usage.count, amount: usage.amount };
    }
    return facts;
  }

  add(org: number, counter: string, count: number, amount: number): void {
    const key = `${org}/${counter}`;
    const usage = this.#usage.get(key);
    if (usage) {
      usage.count += count;
      usage.amount += amount;
    } else this.#usage.set(key, { count, amount });
  }
}

interface UsageRow {
  readonly org_id: number;
  readonly counter: string;
  readonly count: number;
  readonly amount: number;
}

const LOCK_USAGE = `select g.org_id, g.counter, g.count, g.amount
   from unnest($1::bigint[], $2::text[]) u(o, c)
   join offers.usage g on g.org_id = u.o and g.counter = u.c
  order by g.org_id, g.counter for update of g`;

/** What has no row cannot be locked, and two processes would both find the first use free. */
const OPEN_USAGE = `insert into offers.usage (org_id, counter, count, amount)
 select o, c, 0, 0 from unnest($1::bigint[], $2::text[]) u(o, c) order by o, c
 on conflict do nothing`;

function distinct(wants: readonly Scoped<string>[]): Scoped<string>[] {
  return [...new Map(wants.map((want) => [`${want.org}/${want.value}`, want])).values()];
}

/** The offers' share in a hot write: locks usage counters, writes decisions and uses. */
export const offersPart: Part<string, UsageState, OffersItem> = {
  name: 'offers',
  rank: 40,
  async lock(tx, wants) {
    const state = new UsageState();
    if (wants.length === 0) return state;
    const keys = distinct(wants);
    const columns = [int8s(keys.map(({ org }) => org)), texts(keys.map(({ value }) => value))];
    let rows = await tx.prepared<UsageRow>('offers_lock_usage', LOCK_USAGE, columns);
    if (rows.length < keys.length) {
      await tx.prepared('offers_open_usage', OPEN_USAGE, columns);
      rows = await tx.prepared<UsageRow>('offers_lock_usage', LOCK_USAGE, columns);
    }
    for (const row of rows) state.add(row.org_id, row.counter, row.count, row.amount);
    return state;
  },
  blank: () => new UsageState(),
  decide(state, org, items) {
    return () => {
      for (const { uses, takenBack } of items) {
        const sign = takenBack ? -1 : 1;
        for (const { key, count, amount } of uses) state.add(org, key, sign * count, sign * amount);
      }
    };
  },
  async write(tx, items) {
    await Promise.all([writeUses(tx, items), writeDecisions(tx, items)]);
  },
};

async function writeUses(tx: Tx, items: readonly Scoped<OffersItem>[]): Promise<void> {
  const sums = new Map<string, { org: number; key: string; count: number; amount: number }>();
  for (const { org, value } of items) {
    const sign = value.takenBack ? -1 : 1;
    for (const { key, count, amount } of value.uses) {
      const sum = sums.get(`${org}/${key}`);
      if (sum) {
        sum.count += sign * count;
        sum.amount += sign * amount;
      } else sums.set(`${org}/${key}`, { org, key, count: sign * count, amount: sign * amount });
    }
  }
  if (sums.size === 0) return;
  const rows = [...sums.values()].sort((a, b) => a.org - b.org || (a.key < b.key ? -1 : 1));
  const fewer = rows.filter(({ count, amount }) => count < 0 || amount < 0);
  const more = rows.filter(({ count, amount }) => count >= 0 && amount >= 0);
  await Promise.all([addUses(tx, more), giveBackUses(tx, fewer)]);
}

type UseRows = readonly { org: number; key: string; count: number; amount: number }[];

async function addUses(tx: Tx, rows: UseRows): Promise<void> {
  if (rows.length === 0) return;
  await tx.join(
    'offers_uses',
    `insert into offers.usage as g (org_id, counter, count, amount)
     select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
     on conflict (org_id, counter) do update
       set count = g.count + excluded.count, amount = g.amount + excluded.amount, updated_at = now()`,
    useColumns(rows),
    rows.length,
  );
}

async function giveBackUses(tx: Tx, rows: UseRows): Promise<void> {
  if (rows.length === 0) return;
  await tx.change(
    'offers_uses_back',
    `update offers.usage g set count = g.count + u.n, amount = g.amount + u.a, updated_at = now()
       from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) u(o, c, n, a)
      where g.org_id = u.o and g.counter = u.c`,
    useColumns(rows),
    rows.length,
  );
}

function useColumns(rows: UseRows): Buffer[] {
  return [
    int8s(rows.map(({ org }) => org)),
    texts(rows.map(({ key }) => key)),
    int8s(rows.map(({ count }) => count)),
    int8s(rows.map(({ amount }) => amount)),
  ];
}

/** What is granted at once, as almost all is, takes no room. */
function arrivalText(arrival: Decision['arrival']): string | null {
  return arrival.type === 'instant' ? null : JSON.stringify(arrival);
}

async function writeDecisions(tx: Tx, items: readonly Scoped<OffersItem>[]): Promise<void> {
  const rows = items.flatMap(({ org, value }) =>
    value.decisions.map(({ ownerOrg, decision }, no) => ({
      org,
      paymentId: value.paymentId,
      ownerOrg,
      decision,
      no,
    })),
  );
  if (rows.length === 0) return;
  await tx.join(
    'offers_decisions',
    `insert into offers.decision (org_id, payment_id, decision_no, owner_org, offer_id, version, benefit, kind, amount, wanted,
                                  partly, line_shares, funding, counters, expires_on, recipient, what, coupon_id, arrival, expires)
     select u.o, u.p, u.n, u.w, u.f, u.v, u.b, u.k, u.a, u.x, u.y, u.s::bigint[], u.g::json, u.c::json, u.e::date,
            u.t, u.h, u.q, u.r::json, u.z::json
       from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[], $6::int[], $7::smallint[], $8::text[],
                   $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
                   $16::text[], $17::text[], $18::text[], $19::text[], $20::text[])
         u(o, p, n, w, f, v, b, k, a, x, y, s, g, c, e, t, h, q, r, z)`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ paymentId }) => paymentId)),
      int2s(rows.map(({ no }) => no)),
      int8s(rows.map(({ ownerOrg }) => ownerOrg)),
      uuids(rows.map(({ decision }) => decision.offer)),
      int4s(rows.map(({ decision }) => decision.version)),
      int2s(rows.map(({ decision }) => decision.benefit)),
      texts(rows.map(({ decision }) => decision.kind)),
      int8s(rows.map(({ decision }) => decision.amount)),
      int8s(rows.map(({ decision }) => decision.wanted)),
      texts(rows.map(({ decision }) => decision.partly ?? null)),
      texts(rows.map(({ decision }) => `{${decision.lineShares.join(',')}}`)),
      texts(rows.map(({ decision }) => JSON.stringify(decision.funding))),
      texts(rows.map(({ decision }) => JSON.stringify(decision.counters))),
      texts(rows.map(({ decision }) => decision.expiry)),
      texts(rows.map(({ decision }) => decision.to ?? null)),
      texts(rows.map(({ decision }) => decision.what ?? null)),
      texts(rows.map(({ decision }) => decision.coupon ?? null)),
      texts(rows.map(({ decision: { arrival } }) => arrivalText(arrival))),
      texts(rows.map(({ decision: { expires } }) => (expires ? JSON.stringify(expires) : null))),
    ],
    rows.length,
  );
}
