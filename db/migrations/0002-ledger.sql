create schema ledger;

-- Money sums to zero per asset. Assets 1 (CNY) and 2 (PTS) make nearly all journals and are summed
-- without a query; any other asset goes the general way.
create function ledger.balanced(a smallint[], m bigint[]) returns boolean
language plpgsql immutable strict parallel safe as $$
declare
  n int := cardinality(m);
  cny bigint := 0;
  pts bigint := 0;
begin
  if n <> cardinality(a) or n < 2 or n > 64 then return false; end if;
  for i in 1..n loop
    if a[i] = 1 then cny := cny + m[i];
    elsif a[i] = 2 then pts := pts + m[i];
    else
      return not exists (select from unnest(a, m) u(asset, amount) group by asset having sum(amount) <> 0);
    end if;
  end loop;
  return cny = 0 and pts = 0;
end $$;

create table ledger.account (
  org_id bigint not null,
  account_id bigint not null,
  code text not null,
  owner text not null,
  asset smallint not null,
  side smallint not null check (side in (1, -1)),
  checked boolean not null,
  floor bigint,
  posted bigint not null default 0,
  held bigint not null default 0 check (held >= 0),
  primary key (org_id, account_id),
  constraint account_floor check (not checked or floor is null or posted - held >= floor),
  constraint account_tallied check (checked or (posted = 0 and held = 0))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Signed legs: debit above zero, credit below.
create table ledger.journal (
  org_id bigint not null,
  journal_id uuid not null,
  kind text not null,
  source uuid not null,
  occurred_at timestamptz not null,
  value_date date not null,
  booked_at timestamptz not null default clock_timestamp(),
  actor text not null,
  reverses uuid,
  xfer_id uuid,
  acct bigint[] not null,
  asset smallint[] not null,
  amount bigint[] not null,
  primary key (org_id, journal_id),
  constraint journal_balanced check (ledger.balanced(asset, amount)),
  constraint journal_legs check (cardinality(acct) = cardinality(amount)),
  constraint journal_no_zero check (0 <> all (amount))
);
comment on table ledger.journal is 'append-only';

-- The journals by checked account: an index of ledger.journal, which could be made again from it. Tallied
-- accounts have none: nearly every journal of a book touches the same few of them.
create table ledger.entry (
  org_id bigint not null,
  account_id bigint not null,
  journal_id uuid not null,
  line smallint not null,
  amount bigint not null,
  primary key (org_id, account_id, journal_id, line)
);
comment on table ledger.entry is 'append-only';

-- Tallied accounts' sums of all sealed journals; the seal of a block adds to them.
create table ledger.tally (
  org_id bigint not null,
  account_id bigint not null,
  debit bigint not null default 0,
  credit bigint not null default 0,
  primary key (org_id, account_id)
);

create table ledger.reversal (
  org_id bigint not null,
  original_id uuid not null,
  journal_id uuid not null,
  primary key (org_id, original_id)
);
comment on table ledger.reversal is 'append-only';

create table ledger.hold (
  org_id bigint not null,
  hold_id uuid not null,
  account_id bigint not null,
  amount bigint not null check (amount > 0),
  remaining bigint not null check (remaining between 0 and amount),
  state text not null check (state in ('open', 'captured', 'released', 'expired')),
  source uuid not null,
  expires_at timestamptz,
  primary key (org_id, hold_id),
  foreign key (org_id, account_id) references ledger.account (org_id, account_id),
  constraint hold_open_has_rest check ((state = 'open') = (remaining > 0))
);
create index hold_open on ledger.hold (org_id, account_id) where state = 'open';

-- A grant with its expiry. remaining + used + expired + reversed = granted, always.
create table ledger.lot (
  org_id bigint not null,
  account_id bigint not null,
  lot_id uuid not null,
  granted bigint not null check (granted > 0),
  remaining bigint not null check (remaining >= 0),
  used bigint not null default 0 check (used >= 0),
  expired bigint not null default 0 check (expired >= 0),
  reversed bigint not null default 0 check (reversed >= 0),
  value_ppm bigint not null default 0 check (value_ppm >= 0),
  expires_on date,
  source uuid not null,
  primary key (org_id, account_id, lot_id),
  constraint lot_adds_up check (remaining + used + expired + reversed = granted)
) with (fillfactor = 80);
create index lot_expiry on ledger.lot (org_id, expires_on) where remaining > 0 and expires_on is not null;

-- What this book owes another book or is owed by it: the peer's journal as data, until the relay has
-- posted it there. `out` rows stand in the sender's book, `in` rows in the receiver's.
create table ledger.xfer (
  org_id bigint not null,
  xfer_id uuid not null,
  dir text not null check (dir in ('out', 'in')),
  peer_org bigint not null check (peer_org <> org_id),
  journal_id uuid not null,
  state text not null check (state in ('sent', 'posted')),
  peer jsonb not null,
  due_at timestamptz not null default now(),
  attempts smallint not null default 0,
  last_error text,
  primary key (org_id, xfer_id, dir)
);
comment on table ledger.xfer is 'swept';
create index xfer_sent on ledger.xfer (due_at) where state = 'sent';

-- Part of a funder's budget lent to a merchant's book; what was lent and what came back.
create table ledger.lease (
  org_id bigint not null,
  lease_id uuid not null,
  budget text not null,
  borrower bigint not null,
  granted bigint not null check (granted > 0),
  returned bigint not null default 0 check (returned between 0 and granted),
  created_at timestamptz not null default now(),
  primary key (org_id, lease_id)
);
create index lease_budget on ledger.lease (org_id, budget, borrower);
