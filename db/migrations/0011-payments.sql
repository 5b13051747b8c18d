create schema payments;

create table payments.payment (
  org_id bigint not null,
  payment_id uuid not null,
  store_id uuid not null,
  state text not null check (state in ('open', 'paid', 'part_refunded', 'refunded', 'voided', 'cancelled')),
  channel text not null,
  occurred_at timestamptz not null,
  business_day date not null,
  booked_at timestamptz not null default clock_timestamp(),
  member_org bigint,
  member_id uuid,
  gross bigint not null check (gross >= 0),
  discount bigint not null check (discount between 0 and gross),
  due bigint not null,
  refunded bigint not null default 0,
  -- gross fen and quantity per line that went back; null until the first refund
  refunded_amounts bigint[],
  refunded_quantities bigint[],
  lines json not null,
  facts json not null,
  offer_set json not null,
  -- null only where nothing is due and nothing was granted
  journal_id uuid,
  actor text not null,
  primary key (org_id, payment_id),
  constraint payment_due check (due = gross - discount),
  constraint payment_refunded check (refunded between 0 and due)
) with (fillfactor = 90);
create index payment_day on payments.payment (org_id, business_day, store_id);

-- One row per tender.
create table payments.charge (
  org_id bigint not null,
  payment_id uuid not null,
  charge_no smallint not null,
  tender text not null,
  amount bigint not null check (amount >= 0),
  state text not null check (state in ('asking', 'approved', 'declined', 'unknown', 'reversed', 'held', 'completed', 'released', 'expired')),
  tendered bigint,
  refunded bigint not null default 0,
  primary key (org_id, payment_id, charge_no),
  constraint charge_refunded check (refunded between 0 and amount)
);

-- Money back: by receipt (payment_id), or without one.
create table payments.refund (
  org_id bigint not null,
  refund_id uuid not null,
  kind text not null check (kind in ('refund', 'void', 'without_receipt')),
  payment_id uuid,
  store_id uuid not null,
  occurred_at timestamptz not null,
  business_day date not null,
  booked_at timestamptz not null default clock_timestamp(),
  amount bigint not null check (amount >= 0),
  -- gross fen of what went back, before the share of discounts
  gross bigint not null check (gross >= amount),
  lines json not null,
  clawback json not null,
  reason text not null,
  journal_id uuid,
  actor text not null,
  primary key (org_id, refund_id),
  constraint refund_has_payment check ((kind = 'without_receipt') = (payment_id is null)),
  constraint refund_has_journal check (amount = 0 or journal_id is not null)
);
comment on table payments.refund is 'append-only';
create index refund_payment on payments.refund (org_id, payment_id) where payment_id is not null;
create index refund_day on payments.refund (org_id, business_day, store_id);

-- Sales and money back by the day they happened: what reports read.
create view payments.v_movement with (security_invoker = true) as
  select org_id, business_day, store_id, 'sale'::text as kind, payment_id as id, gross, discount, due as amount,
         member_id is not null as by_member
    from payments.payment where state not in ('open', 'cancelled')
  union all
  select org_id, business_day, store_id, kind, refund_id, gross, gross - amount, amount, false
    from payments.refund;
