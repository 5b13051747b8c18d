create schema merchants;

-- The register of all orgs, shared by all of them: a code is one over the whole register, and a row is
-- never deleted. Who may list it is decided by the verbs.
create table merchants.org (
  org_id bigint primary key check (org_id > 0),
  code text not null check (code ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  kind text not null check (kind in ('operator', 'merchant', 'brand', 'issuer', 'agent')),
  parent_id bigint,
  zone text not null default 'Asia/Shanghai',
  currency text not null default 'CNY' check (currency = 'CNY'),
  sandbox boolean not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null,
  constraint org_code exclude (code with =),
  constraint org_parent check (parent_id <> org_id and (kind <> 'operator' or parent_id is null))
);
comment on table merchants.org is 'reference';

create table merchants.store (
  org_id bigint not null references merchants.org (org_id),
  store_id uuid not null,
  code text not null check (code ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  address text not null default '',
  lat double precision check (lat between -90 and 90),
  lng double precision check (lng between -180 and 180),
  status text not null default 'active' check (status in ('active', 'closed')),
  primary key (org_id, store_id),
  unique (org_id, code),
  constraint store_place check ((lat is null) = (lng is null))
);
