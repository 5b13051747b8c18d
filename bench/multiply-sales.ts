import pg from 'pg';

/** The same id with a time stamp `k` days older. */
const OLDER = `create function bench.older(id uuid, k int) returns uuid language sql immutable parallel safe as $$
  select encode(substr(int8send(floor(extract(epoch from uuid_extract_timestamp(id)) * 1000)::bigint - k * 86400000::bigint), 3)
                || substr(uuid_send(id), 7), 'hex')::uuid $$`;

/** Members that the buyers of each of so many days become, so that a year has many times as many. */
const CROWDS = 10;

/**
 * Repeats the payments of a merchant's one day on each of `days` days before, to other members from day to day;
 * every thirtieth is wholly paid back on the day after, another one each day. Only what past sales are read from is copied.
 */
export async function multiplySales(url: string, org: number, days: number): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c synchronous_commit=off -c statement_timeout=0',
  });
  await client.connect();
  try {
    await client.query(`create schema bench; ${OLDER};
      create table bench.sale as select *, row_number() over (order by payment_id) as nth
        from payments.payment where org_id = ${org}`);
    const { rows } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute
        where attrelid = 'payments.payment'::regclass and attnum > 0 and not attisdropped order by attnum`,
    );
    const names = rows.map(({ name }) => name);
    for (let day = days; day > 0; day--) {
      await client.query(
        `insert into payments.payment (${names.join(', ')}) select ${names.map(copied).join(', ')} from bench.sale s,
           lateral (select s.business_day - ${day} as day, md5(s.member_id::text || ${day % CROWDS})::uuid as member) n`.replaceAll(
          ':k',
          String(day),
        ),
      );
    }
    await client.query(
      `insert into payments.refund (org_id, refund_id, kind, payment_id, store_id, occurred_at, business_day, amount, gross,
                                    lines, clawback, reason, journal_id, actor)
       select org_id, bench.older(payment_id, -1), 'refund', payment_id, store_id, occurred_at + interval '1 day', business_day + 1,
              due, gross, (select json_agg(json_build_object('line', n - 1, 'sku', l->>'sku', 'quantity', l->'quantity', 'amount', l->'amount'))
                             from json_array_elements(lines) with ordinality e(l, n)),
              '[]', 'bench', bench.older(journal_id, -1), 'bench'
         from payments.payment where org_id = ${org} and state = 'refunded'`,
    );
    await client.query('drop schema bench cascade');
    await client.query('vacuum (analyze) payments.payment');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

function copied(name: string): string {
  switch (name) {
    case 'payment_id':
    case 'journal_id':
      return `bench.older(s.${name}, :k)`;
    case 'occurred_at':
    case 'booked_at':
      return `s.${name} - interval ':k days'`;
    case 'business_day':
      return 'n.day';
    case 'member_id':
      return 'n.member';
    case 'state':
      return "case when (s.nth + :k) % 30 = 0 then 'refunded' else s.state end";
    case 'refunded':
      return 'case when (s.nth + :k) % 30 = 0 then s.due else s.refunded end';
    case 'refunded_amounts':
      return `case when (s.nth + :k) % 30 = 0 then (select array_agg((l->>'amount')::bigint) from json_array_elements(s.lines) l) end`;
    case 'refunded_quantities':
      return `case when (s.nth + :k) % 30 = 0 then (select array_agg((l->>'quantity')::bigint) from json_array_elements(s.lines) l) end`;
    case 'facts':
      return `replace(replace(replace(s.facts::text, '"day":"' || s.business_day || '"', '"day":"' || n.day || '"'),
                coalesce(s.member_id::text, '-'), coalesce(n.member::text, '-')),
                '"weekday":' || extract(isodow from s.business_day), '"weekday":' || extract(isodow from n.day))::json`;
    default:
      return `s.${name}`;
  }
}
