create schema catalog;

-- SKUs are compared as they are, byte by byte.
create table catalog.product (
  org_id bigint not null,
  sku text collate "C" not null check (sku <> ''),
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  category text,
  brand text,
  -- fen
  price bigint not null check (price >= 0),
  status text not null default 'active' check (status in ('active', 'withdrawn')),
  primary key (org_id, sku)
);
create index product_name_zh on catalog.product (org_id, lower(name_zh) text_pattern_ops);
create index product_name_en on catalog.product (org_id, lower(name_en) text_pattern_ops);

-- Always the sum of the moves. May be below zero: a sale never fails for a count.
create table catalog.stock (
  org_id bigint not null,
  store_id uuid not null,
  sku text collate "C" not null,
  quantity bigint not null,
  primary key (org_id, store_id, sku)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- One row per sale, return, count or delivery, whatever its lines; quantities are signed.
create table catalog.move (
  org_id bigint not null,
  move_id uuid not null,
  store_id uuid not null,
  kind text not null check (kind in ('sale', 'return', 'count', 'receive')),
  source uuid not null,
  occurred_at timestamptz not null,
  skus text[] not null,
  quantities bigint[] not null,
  primary key (org_id, move_id),
  constraint move_lines check (cardinality(skus) = cardinality(quantities))
);
comment on table catalog.move is 'append-only';
