create schema coupons;

-- What a coupon is: since when and how long it may be used, and how many there may be. What it gives
-- stands in the offers that ask for it.
create table coupons.template (
  org_id bigint not null,
  template_id uuid not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  -- usable between two days, or for so many days after the day of issue
  valid_from date,
  valid_to date,
  days integer check (days > 0),
  usable_from text not null check (usable_from in ('next_day', 'at_once')),
  -- how many in all, and how many for one member; null for no limit
  quantity bigint check (quantity > 0),
  per_member bigint check (per_member > 0),
  status text not null check (status in ('active', 'stopped')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (org_id, template_id),
  unique (org_id, code),
  constraint template_validity check ((days is null) = (valid_from is not null) and (valid_from is null) = (valid_to is null)),
  constraint template_order check (valid_from <= valid_to)
);

-- Coupons given at once: by a decision of a sale (source is the payment, source_no the decision's number)
-- or by hand.
create table coupons.issue (
  org_id bigint not null,
  source uuid not null,
  source_no smallint not null,
  kind text not null check (kind in ('sale', 'hand')),
  -- in whose book the sale stands
  seller_org bigint not null,
  template_id uuid not null,
  member_id uuid,
  quantity integer not null check (quantity > 0),
  valid_from date not null,
  valid_to date not null,
  issued_at timestamptz not null,
  actor text not null,
  primary key (org_id, source, source_no),
  foreign key (org_id, template_id) references coupons.template (org_id, template_id)
);
comment on table coupons.issue is 'append-only';

create table coupons.coupon (
  org_id bigint not null,
  coupon_id uuid not null,
  code text not null,
  template_id uuid not null,
  source uuid not null,
  source_no smallint not null,
  -- null: whoever shows it may use it
  member_id uuid,
  state text not null check (state in ('available', 'used', 'expired', 'reversed', 'forfeited')),
  valid_from date not null,
  valid_to date not null,
  -- its grant was taken back while it was used: it does not come back with its use
  revoked boolean not null default false,
  -- counts its moves; who writes the next one must have seen the last
  moves integer not null default 0,
  used_org bigint,
  used_payment uuid,
  primary key (org_id, coupon_id),
  unique (org_id, code),
  foreign key (org_id, template_id) references coupons.template (org_id, template_id),
  foreign key (org_id, source, source_no) references coupons.issue (org_id, source, source_no),
  constraint coupon_used check ((state = 'used') = (used_payment is not null) and (used_payment is null) = (used_org is null)),
  constraint coupon_order check (valid_from <= valid_to),
  constraint coupon_revoked check (not revoked or state in ('used', 'reversed'))
) with (fillfactor = 90);
create index coupon_member on coupons.coupon (org_id, member_id, coupon_id) where member_id is not null;
create index coupon_template on coupons.coupon (org_id, template_id, coupon_id);
create index coupon_source on coupons.coupon (org_id, source);
create index coupon_ends on coupons.coupon (org_id, valid_to) where state = 'available';

-- What became of a coupon after it was issued, move by move.
create table coupons.move (
  org_id bigint not null,
  coupon_id uuid not null,
  move_no integer not null check (move_no > 0),
  kind text not null check (kind in ('used', 'restored', 'reissued', 'forfeited', 'reversed', 'revoked', 'expired', 'voided')),
  -- the payment or refund, and in whose book it stands; null where neither moved it
  source_org bigint,
  source uuid,
  moved_at timestamptz not null,
  actor text not null,
  primary key (org_id, coupon_id, move_no),
  foreign key (org_id, coupon_id) references coupons.coupon (org_id, coupon_id)
);
comment on table coupons.move is 'append-only';

-- How many coupons of a limited template count against its limits: of all (subject is the template), of a member.
create table coupons.tally (
  org_id bigint not null,
  template_id uuid not null,
  subject uuid not null,
  count bigint not null check (count >= 0),
  primary key (org_id, template_id, subject),
  foreign key (org_id, template_id) references coupons.template (org_id, template_id)
) with (fillfactor = 80);

create view coupons.v_issue with (security_invoker = true) as
  select org_id, source, source_no, kind, seller_org, template_id, member_id, quantity, issued_at
    from coupons.issue;
create view coupons.v_coupon with (security_invoker = true) as
  select c.org_id, c.coupon_id, c.template_id, t.code as template, c.source, c.source_no, c.member_id, c.state, c.revoked,
         c.valid_from, c.valid_to, c.used_org, c.used_payment
    from coupons.coupon c join coupons.template t on t.org_id = c.org_id and t.template_id = c.template_id;

create or replace view offers.v_decision with (security_invoker = true) as
  select org_id, payment_id, decision_no, owner_org, offer_id, version, kind, amount, wanted, partly, funding, what, coupon_id
    from offers.decision;
