create schema members;

-- What a member joins; it stands in its owner's book, with its members and their points.
create table members.programme (
  org_id bigint not null references merchants.org (org_id),
  programme_id uuid not null,
  code text not null check (code ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  -- Provision per point, in millionths of a fen.
  point_value_ppm bigint not null check (point_value_ppm >= 0),
  tiers jsonb not null check (jsonb_array_length(tiers) > 0),
  status text not null default 'active' check (status in ('active', 'closed')),
  created_at timestamptz not null,
  primary key (org_id, programme_id),
  unique (org_id, code)
);

-- Which programmes a store serves: in the book of the store's merchant, whoever owns the programme.
create table members.enrolment (
  org_id bigint not null,
  store_id uuid not null,
  programme_id uuid not null,
  owner_org bigint not null references merchants.org (org_id),
  priority integer not null check (priority >= 0),
  enrolled_at timestamptz not null,
  primary key (org_id, store_id, programme_id),
  foreign key (org_id, store_id) references merchants.store (org_id, store_id)
);

-- The only place of a member's personal data. Journals, payments and rewards know member_id alone.
create table members.member (
  org_id bigint not null,
  member_id uuid not null,
  programme_id uuid not null,
  phone_sealed text,
  phone_blind bytea,
  name_sealed text,
  tier text not null,
  labels text[] not null default '{}',
  joined_at timestamptz not null,
  joined_day date not null,
  joined_org bigint not null,
  joined_store uuid,
  status text not null default 'active' check (status in ('active', 'closed', 'erased')),
  primary key (org_id, member_id),
  unique (org_id, programme_id, phone_blind),
  foreign key (org_id, programme_id) references members.programme (org_id, programme_id),
  constraint member_phone check ((phone_sealed is null) = (phone_blind is null)),
  constraint member_erased check (
    (status = 'erased') = (phone_sealed is null)
    and (status <> 'erased' or (name_sealed is null and labels = '{}'))
  )
) with (fillfactor = 90);
create index member_programme on members.member (org_id, programme_id, member_id);
