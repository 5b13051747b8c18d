-- Who may act in a book: staff with their sessions, and API keys. Tokens are kept as SHA-256 only.
create schema access;

create table access.staff (
  org_id bigint not null,
  staff_id uuid not null,
  login text not null,
  name text not null,
  password text not null,
  role text not null,
  stores uuid[],
  status text not null default 'active' check (status in ('active', 'disabled')),
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (org_id, staff_id),
  unique (org_id, login),
  check ((status = 'disabled') = (disabled_at is not null))
);

create table access.session (
  org_id bigint not null,
  token_hash bytea not null,
  staff_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ends_at timestamptz not null,
  revoked_at timestamptz,
  primary key (org_id, token_hash),
  foreign key (org_id, staff_id) references access.staff (org_id, staff_id),
  check (expires_at <= ends_at)
);
create index session_staff on access.session (org_id, staff_id);
create index session_end on access.session (org_id, ends_at);

create table access.api_key (
  org_id bigint not null,
  key_id uuid not null,
  secret_hash bytea not null,
  prefix text not null,
  name text not null,
  scopes text[] not null,
  stores uuid[],
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used date,
  primary key (org_id, key_id),
  unique (org_id, secret_hash)
);

-- Counted by the login typed, known or not, so that a lock does not tell which logins exist.
create table access.sign_in_attempt (
  org_id bigint not null,
  login text not null,
  failed smallint not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz,
  primary key (org_id, login)
);
create index sign_in_attempt_age on access.sign_in_attempt (org_id, last_failed_at);
