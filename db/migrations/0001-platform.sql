-- The machinery's own tables.
create table platform.idem (
  org_id bigint not null,
  principal text not null,
  key text not null,
  req_hash bytea not null,
  status smallint not null,
  answer text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, principal, key)
);
create index idem_age on platform.idem using brin (created_at);

-- The version of what processes may keep in memory, per org and kind; a writer bumps it in its transaction.
create table platform.snapshot (
  org_id bigint not null,
  kind text not null,
  version bigint not null,
  primary key (org_id, kind)
);

-- An org's clock: no row is real time; sandbox orgs have a row once their clock was set.
create table platform.clock (
  org_id bigint not null,
  now timestamptz not null,
  primary key (org_id)
);

create table platform.timer (
  org_id bigint not null,
  timer_id uuid not null,
  kind text not null,
  dedupe text not null,
  due_at timestamptz not null,
  payload jsonb not null default '{}',
  attempts smallint not null default 0,
  leased_until timestamptz,
  last_error text,
  primary key (org_id, timer_id),
  unique (org_id, kind, dedupe)
);
comment on table platform.timer is 'swept';
create index timer_due on platform.timer (due_at);

create table platform.outbox (
  org_id bigint not null,
  event_id uuid not null,
  type text not null,
  subject text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  attempts smallint not null default 0,
  due_at timestamptz not null default now(),
  last_error text,
  primary key (org_id, event_id)
);
comment on table platform.outbox is 'swept';
create index outbox_due on platform.outbox (due_at);

create table platform.audit (
  org_id bigint not null,
  audit_id uuid not null,
  at timestamptz not null,
  booked_at timestamptz not null default clock_timestamp(),
  principal text not null,
  verb text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  request_id text not null,
  primary key (org_id, audit_id)
);
comment on table platform.audit is 'append-only';

-- Blocks of the hash chain: each seals the rows of one source up to `upto`, and the block before it.
create table platform.chain (
  org_id bigint not null,
  source text not null,
  seq bigint not null,
  upto uuid not null,
  rows bigint not null,
  prev bytea not null,
  hash bytea not null,
  hash_version smallint not null default 1,
  sealed_at timestamptz not null default clock_timestamp(),
  primary key (org_id, source, seq)
);
comment on table platform.chain is 'append-only';
