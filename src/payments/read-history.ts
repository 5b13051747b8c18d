import type { History, HistoryAsked } from '#offers';
import { days, int4s, int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import { type DayCount, HistoryState } from './history-state.ts';

/** What histories hold, read without a lock: for a quote. */
export async function readHistory(
  tx: Tx,
  org: number,
  asked: readonly HistoryAsked[],
): Promise<Record<string, History>> {
  if (asked.length === 0) return {};
  const scoped = asked.map((value) => ({ org, value }));
  return new HistoryState(scoped, await readDays(tx, scoped)).facts(org, asked);
}

/** What counts of the sales that each history asks for, per day; `place` is that of the list. */
export async function readDays(
  tx: Tx,
  asked: readonly Scoped<HistoryAsked>[],
): Promise<DayCount[]> {
  const placed = asked.map((each, place) => ({ place, ...each }));
  const members = placed.filter(({ value }) => value.whose === 'member');
  const cards = placed.filter(({ value }) => value.whose === 'card');
  const [byMember, byCard] = await Promise.all([
    members.length === 0
      ? []
      : tx.prepared<DayCount>('payments_history_member', BY_MEMBER, columnsOf(members, uuids)),
    cards.length === 0
      ? []
      : tx.prepared<DayCount>('payments_history_card', BY_CARD, columnsOf(cards, texts)),
  ]);
  return [...byMember, ...byCard];
}

function columnsOf(
  asked: readonly (Scoped<HistoryAsked> & { readonly place: number })[],
  subjects: (values: readonly string[]) => Buffer,
): Buffer[] {
  return [
    int4s(asked.map(({ place }) => place)),
    int8s(asked.map(({ org }) => org)),
    subjects(asked.map(({ value }) => value.subject)),
    days(asked.map(({ value }) => value.from ?? '-infinity')),
    days(asked.map(({ value }) => value.to)),
    texts(asked.map(({ value }) => value.target && JSON.stringify(value.target))),
  ];
}

/**
 * Days arrive as dates: behind the wall an index takes no condition that still reads text. "offset 0" keeps the
 * look-ups as they stand, each by its own index.
 */
const IN_WINDOW = 'business_day between u.f and u.t';
const COLUMNS =
  'org_id, business_day, state, due, refunded, refunded_amounts, refunded_quantities, lines';

/**
 * One row where the payment `p` counts for the history `u`: fen of all its lines, or of those that the target
 * chooses and that did not go back whole, each less its share of what went back, half-up.
 */
const COUNTED = `lateral (
  select p.due - p.refunded amount where u.g is null
  union all
  select sum(l.net - case b.gone when 0 then 0 else div(2 * l.net * b.gone + l.amount, 2 * l.amount) end)
    from json_array_elements(p.lines) with ordinality e(line, n)
   cross join lateral (select (line->>'net')::numeric net, (line->>'amount')::numeric amount,
                              (line->>'quantity')::bigint quantity) l
   cross join lateral (select coalesce(p.refunded_amounts[n], 0) gone, coalesce(p.refunded_quantities[n], 0) units) b
   where u.g is not null
     and (u.g->'skus' ? (line->>'sku') or u.g->'categories' ? (line->>'category')
       or u.g->'brands' ? (line->>'brand'))
     and (b.gone < l.amount or b.units < l.quantity)
  having count(*) > 0) c`;

const SUMS = 'u.place, p.business_day as day, sum(c.amount)::bigint amount, count(*)::int count';
const COUNTS = `p.state in ('paid', 'part_refunded')`;

const BY_MEMBER = `select ${SUMS}
   from unnest($1::int[], $2::bigint[], $3::uuid[], $4::text[]::date[], $5::text[]::date[], $6::text[]::jsonb[]) u(place, o, s, f, t, g)
  cross join lateral (select ${COLUMNS} from payments.payment where member_id = u.s and ${IN_WINDOW} offset 0) p
  cross join ${COUNTED}
  where p.org_id = u.o and ${COUNTS} group by 1, 2`;

const BY_CARD = `select ${SUMS}
   from unnest($1::int[], $2::bigint[], $3::text[], $4::text[]::date[], $5::text[]::date[], $6::text[]::jsonb[]) u(place, o, s, f, t, g)
  cross join lateral (select distinct payment_id
                        from (select org_id, payment_id, state from payments.charge
                               where card_token = u.s and ${IN_WINDOW} offset 0) own
                       where org_id = u.o and state in ('approved', 'completed')) k
  cross join lateral (select ${COLUMNS} from payments.payment
                       where org_id = u.o and payment_id = k.payment_id offset 0) p
  cross join ${COUNTED}
  where ${COUNTS} group by 1, 2`;
