create schema offers;

create table offers.offer (
  org_id bigint not null,
  offer_id uuid not null,
  code text not null,
  status text not null check (status in ('draft', 'live', 'paused', 'ended')),
  draft jsonb,
  -- counts the edits of the draft
  revision integer not null default 1,
  -- the version that decides while the status is live
  live_version integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (org_id, offer_id),
  unique (org_id, code),
  constraint offer_live_has_version check (status not in ('live', 'paused') or live_version is not null),
  constraint offer_draft_has_draft check (status <> 'draft' or draft is not null)
);

-- One immutable row per publication.
create table offers.version (
  org_id bigint not null,
  offer_id uuid not null,
  version integer not null check (version > 0),
  definition jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (org_id, offer_id, version),
  foreign key (org_id, offer_id) references offers.offer (org_id, offer_id)
);
comment on table offers.version is 'append-only';

-- What was live when: from change_no on the offer is live in this version, or not at all.
create table offers.change (
  org_id bigint not null,
  change_no integer not null check (change_no > 0),
  offer_id uuid not null,
  version integer,
  changed_at timestamptz not null,
  primary key (org_id, change_no),
  foreign key (org_id, offer_id, version) references offers.version (org_id, offer_id, version)
);
comment on table offers.change is 'append-only';

-- How often and how much an offer was granted to a subject in a window, by the key the engine names.
create table offers.usage (
  org_id bigint not null,
  counter text not null,
  count bigint not null check (count >= 0),
  amount bigint not null check (amount >= 0),
  updated_at timestamptz not null default now(),
  primary key (org_id, counter)
) with (fillfactor = 80);
create index usage_age on offers.usage using brin (updated_at);

-- What was granted to a payment, with its funding and its share per line. Never changes.
create table offers.decision (
  org_id bigint not null,
  payment_id uuid not null,
  decision_no smallint not null,
  owner_org bigint not null,
  offer_id uuid not null,
  version integer not null,
  benefit smallint not null,
  kind text not null check (kind in ('discount', 'points', 'cashback')),
  amount bigint not null check (amount > 0),
  wanted bigint not null,
  partly text,
  line_shares bigint[] not null,
  funding json not null,
  counters json not null,
  expires_on date,
  primary key (org_id, payment_id, decision_no)
);
comment on table offers.decision is 'append-only';
