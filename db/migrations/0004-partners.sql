create schema partners;

-- Who funds: the register of budgets in the funder's book. The money itself stands in the ledger.
create table partners.budget (
  org_id bigint not null,
  budget_id uuid not null,
  code text not null check (code ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  total bigint not null check (total > 0),
  chunk bigint not null check (chunk > 0),
  open_to_all boolean not null default false,
  status text not null default 'live' check (status in ('live', 'paused', 'ended')),
  created_at timestamptz not null,
  primary key (org_id, budget_id),
  unique (org_id, code),
  constraint budget_chunk check (chunk <= total)
);

-- Which orgs may draw on a budget that is not open to all.
create table partners.budget_grant (
  org_id bigint not null,
  budget_id uuid not null,
  borrower bigint not null check (borrower > 0),
  primary key (org_id, budget_id, borrower),
  foreign key (org_id, budget_id) references partners.budget (org_id, budget_id)
);
