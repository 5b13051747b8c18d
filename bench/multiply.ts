import pg from 'pg';

/** What is copied, with the columns that a copy changes; every other column stays as it is. */
const COPIED: Readonly<
  Record<
    string,
    {
      readonly ids?: readonly string[];
      readonly times?: readonly string[];
      readonly days?: readonly string[];
    }
  >
> = {
  'ledger.journal': {
    ids: ['journal_id', 'source'],
    times: ['occurred_at', 'booked_at'],
    days: ['value_date'],
  },
  'ledger.entry': { ids: ['journal_id'] },
  'ledger.lot': { ids: ['lot_id', 'source'] },
  'catalog.move': { ids: ['move_id', 'source'], times: ['occurred_at'] },
  'offers.decision': { ids: ['payment_id'] },
  'offers.usage': { times: ['updated_at'] },
  'rewards.reward': { ids: ['payment_id'], times: ['granted_at'] },
  'payments.payment': {
    ids: ['payment_id', 'journal_id'],
    times: ['occurred_at', 'booked_at'],
    days: ['business_day'],
  },
  'payments.charge': { ids: ['payment_id'] },
  'platform.idem': { times: ['created_at'] },
};

/** The same id with a time stamp `k` days older: copies of a day stand before it, in the same order. */
const OLDER = `create function bench.older(id uuid, k int) returns uuid language sql immutable parallel safe as $$
  select encode(substr(int8send(floor(extract(epoch from uuid_extract_timestamp(id)) * 1000)::bigint - k * 86400000::bigint), 3)
                || substr(uuid_send(id), 7), 'hex')::uuid $$`;

/**
 * Repeats all that was sold so far on each of `days` days before, as the owner and past the verbs: journals
 * with entries and lots, stock moves, decisions with their counters, rewards, payments with charges, stored
 * answers (whose text keeps the first ids). Balances of checked accounts and stock are raised to the new
 * sums, so every invariant of the audit still holds. Only plain sales may stand in the
 * database; copies of a sealed day stay outside its chain.
 */
export async function multiply(url: string, days: number): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    options: '-c synchronous_commit=off -c statement_timeout=0',
  });
  await client.connect();
  try {
    await client.query(`create schema bench; ${OLDER}`);
    const sold = await client.query<{ day: string }>(
      'select distinct business_day::text as day from payments.payment order by 1',
    );
    const statements: string[] = [];
    for (const table of Object.keys(COPIED)) {
      const original = `bench.${table.replace('.', '_')}`;
      await client.query(`create table ${original} as table ${table}`);
      statements.push(
        `insert into ${table} ${await copyOf(
          client,
          table,
          original,
          sold.rows.map(({ day }) => day),
        )}`,
      );
    }
    for (let day = days; day > 0; day--) {
      for (const statement of statements)
        await client.query(statement.replaceAll(':k', String(day)));
    }
    await client.query(
      `update ledger.account set posted = posted * ${days + 1} where checked and posted <> 0`,
    );
    await client.query(`update catalog.stock set quantity = quantity * ${days + 1}`);
    await client.query('drop schema bench cascade');
  } finally {
    await client.end();
  }
}

async function copyOf(
  client: pg.Client,
  table: string,
  original: string,
  sold: readonly string[],
): Promise<string> {
  const { ids = [], times = [], days = [] } = COPIED[table] ?? {};
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  // Counters are kept per member and day: the day stands at the end of their name. Oldest first, so that no
  // day is moved twice.
  const moved = (text: string) =>
    sold.reduce(
      (sql, day) => `replace(${sql}, ':day:${day}', ':day:' || (date '${day}' - :k))`,
      text,
    );
  const columns = rows.map(({ name, type }) => {
    if (ids.includes(name)) return `bench.older(${name}, :k)`;
    if (times.includes(name)) return `${name} - interval ':k days'`;
    if (days.includes(name)) return `${name} - :k`;
    if (name === 'counter') return moved(name);
    if (name === 'counters') return `${moved(`${name}::text`)}::${type}`;
    if (table === 'platform.idem' && name === 'key') return `key || '-:k'`;
    return name;
  });
  return `(${rows.map(({ name }) => name).join(', ')}) select ${columns.join(', ')} from ${original}`;
}
