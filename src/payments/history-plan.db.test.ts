import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import type { HistoryAsked } from '#offers';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { readDays } from './read-history.ts';

let db: FreshDatabase;
const ORG = 7;
const MEMBER = newId();
const DAYS = 400;

/** Sales of many members, of one of them a sale a day for DAYS days up to 2026-11-21, each by card. */
const PLANT = `with sold as (
  insert into payments.payment (org_id, payment_id, store_id, state, channel, occurred_at, business_day, member_org, member_id,
                                gross, discount, due, lines, facts, offer_set, actor)
  select $1, gen_random_uuid(), gen_random_uuid(), 'paid', 'pos', now(), date '2026-11-21' - (n % $4)::int, $1,
         case when n < $4 then $2::uuid else gen_random_uuid() end,
         100, 0, 100, '[]', '{}', '{}', 'x' from generate_series(0, $3 - 1) n
  returning payment_id, business_day, member_id)
insert into payments.charge (org_id, payment_id, charge_no, tender, amount, state, card_bin, card_token, business_day)
select $1, payment_id, 0, 'card', 100, 'approved', '622202', member_id::text, business_day from sold`;

beforeAll(async () => void (db = await freshDatabase()));
afterAll(() => db?.drop());

interface Node {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly Node[];
}

/** What reading a history of a week costs: which indexes, and how many rows of the tables are touched. */
async function costOf(whose: HistoryAsked['whose']): Promise<{ indexes: string[]; rows: number }> {
  const week: HistoryAsked = {
    key: 'k',
    whose,
    subject: MEMBER,
    from: '2026-11-16',
    to: '2026-11-22',
    target: null,
  };
  const lane = await db.lane();
  try {
    let text = '';
    let values: readonly unknown[] = [];
    const spy = {
      prepared: async (_name: string, sql: string, params: readonly unknown[]) => {
        [text, values] = [sql, params];
        return [];
      },
    };
    await readDays(spy as never, [{ org: ORG, value: week }]);
    await lane.query(`begin; set local app.orgs = '${ORG}'`);
    const { rows } = await lane.query({
      text: `explain (analyze, format json) ${text}`,
      values: [...values],
    });
    await lane.query('rollback');
    const nodes = flat((rows[0] as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan);
    const tables = nodes.filter((node) => node['Relation Name'] !== undefined);
    return {
      indexes: tables.map((node) => node['Index Name'] ?? node['Node Type']).toSorted(),
      rows: tables.reduce((sum, node) => sum + touched(node), 0),
    };
  } finally {
    await lane.end();
  }
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}

function touched(node: Node): number {
  const each =
    (node['Actual Rows'] ?? 0) +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  return each * (node['Actual Loops'] ?? 1);
}

test('a week of a member or card costs its own sales, however many there are before and beside them', async () => {
  await asOwner(db.url, PLANT, [ORG, MEMBER, DAYS, DAYS]);
  await asOwner(db.url, 'analyze payments.payment, payments.charge');
  const small = [await costOf('member'), await costOf('card')];
  await asOwner(db.url, PLANT, [ORG, newId(), 40_000, DAYS]);
  expect([await costOf('member'), await costOf('card')]).toEqual(small);
  expect(small).toEqual([
    { indexes: ['payment_member'], rows: 6 },
    { indexes: ['charge_card', 'payment_pkey'], rows: 12 },
  ]);
});
