-- Which master key seals this database's personal data; the key itself never stands here.
create table platform.vault_key (
  key_id text primary key,
  first_seen timestamptz not null default now()
);
comment on table platform.vault_key is 'reference';
