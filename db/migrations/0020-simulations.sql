-- An offer tried on the past payments of its org: what was asked, how far it is, what came of it.
create table offers.simulation (
  org_id bigint not null,
  simulation_id uuid not null,
  -- null for an offer that was only sent along
  offer_id uuid,
  code text not null,
  -- the published version that was tried; null for a draft
  version integer,
  definition jsonb not null,
  -- of the definition with its keys in order: the same for the same offer
  definition_hash bytea not null,
  day_from date not null,
  day_to date not null,
  -- fen that budgets begin with, where they were said: [{funder_org, budget, amount}]
  budgets jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- what is tried against what, as it stood when it began; null before and after
  plan json,
  -- past sales gone through, and how many there are
  done bigint not null default 0,
  total bigint,
  result json,
  fault json,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null default now(),
  primary key (org_id, simulation_id),
  foreign key (org_id, offer_id) references offers.offer (org_id, offer_id),
  constraint simulation_days check (day_from <= day_to),
  constraint simulation_result check ((state = 'done') = (result is not null)),
  constraint simulation_fault check ((state = 'failed') = (fault is not null))
);
create index simulation_definition on offers.simulation (org_id, definition_hash, simulation_id desc);

-- Where a simulation that was interrupted goes on; gone when it ends.
create table offers.simulation_state (
  org_id bigint not null,
  simulation_id uuid not null,
  part smallint not null,
  bytes bytea not null,
  primary key (org_id, simulation_id, part),
  foreign key (org_id, simulation_id) references offers.simulation (org_id, simulation_id)
);

-- The simulation that stood beside a version when it was published.
create table offers.forecast (
  org_id bigint not null,
  offer_id uuid not null,
  version integer not null,
  simulation_id uuid not null,
  primary key (org_id, offer_id, version),
  foreign key (org_id, offer_id, version) references offers.version (org_id, offer_id, version),
  foreign key (org_id, simulation_id) references offers.simulation (org_id, simulation_id)
);
comment on table offers.forecast is 'append-only';
