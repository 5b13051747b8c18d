-- What is granted may arrive later, go to the merchant who sold, raise a tier, or be goods.

alter table rewards.reward
  drop constraint reward_kind_check,
  drop constraint reward_state_check,
  drop constraint reward_state,
  drop constraint reward_reversed,
  alter column member_org drop not null,
  alter column member_id drop not null,
  alter column programme_id drop not null,
  -- Cashback to the rebate account of the merchant who sold.
  add column to_merchant boolean not null default false,
  -- The SKU of a gift.
  add column what text,
  -- Taken from it because it never arrived.
  add column cancelled bigint not null default 0,
  -- The last usable day, once it is available.
  add column expires_on date,
  -- Present where it did not arrive with the sale, and kept when it has.
  add column pool text,
  -- The last day on which its pool can be reached.
  add column until date,
  add column granted_on date,
  add column business_days smallint,
  add column due_on date,
  add column provisional boolean not null default false,
  add column arrived_at timestamptz,
  -- Provision per point, in millionths of a fen.
  add column value_ppm bigint,
  add column expires json,
  -- Who paid what of it and has not got it back.
  add column paid json,
  add constraint reward_kind check (kind in ('points', 'cashback', 'growth', 'gift')),
  add constraint reward_state check (
    case state
      when 'pending' then reversed < amount and cancelled = 0 and arrived_at is null and paid is not null
      when 'available' then reversed < amount and cancelled = 0
      when 'reversed' then reversed = amount and cancelled = 0
      when 'cancelled' then cancelled > 0 and reversed + cancelled = amount
      else false
    end),
  add constraint reward_reversed check (reversed >= 0 and cancelled >= 0),
  add constraint reward_whose check (
    (member_id is null) = (member_org is null)
    and (member_id is null) = (programme_id is null)
    and (member_id is not null or to_merchant or kind = 'gift')
    and (not to_merchant or kind = 'cashback')
    and (kind = 'gift') = (what is not null)),
  add constraint reward_waits_for check (
    state <> 'pending' or (granted_on is not null and (pool is not null or (due_on is not null and business_days is not null))));

create index reward_due on rewards.reward (org_id, due_on, member_id) where state = 'pending' and pool is null;
create index reward_pool on rewards.reward (org_id, pool, payment_id, decision_no) where pool is not null;
-- What may move when the calendar gains a year.
create index reward_provisional on rewards.reward (org_id) where state = 'pending' and provisional;
comment on table rewards.reward is 'swept';

-- Rewards that arrive together: of one benefit, for one member or card, in one window.
create table rewards.pool (
  org_id bigint not null,
  pool text not null,
  kind text not null check (kind in ('reached', 'quiet')),
  offer_id uuid not null,
  -- Who bought last in it.
  member_id uuid,
  -- open: rewards may wait in it; arriving: all that wait are on their way; reopening: what has arrived is on its
  -- way back; over: none waits.
  state text not null check (state in ('open', 'arriving', 'reopening', 'over')),
  -- reached: what the sales of the pool must come to, and the first day that ends something waiting in it.
  reach_amount bigint,
  reach_count bigint,
  until date,
  window_days smallint,
  -- quiet: the day of its last sale, and the business days to wait after it.
  last_on date,
  business_days smallint,
  due_on date,
  provisional boolean not null default false,
  changed_at timestamptz not null,
  primary key (org_id, pool),
  constraint pool_kind check (
    case kind
      when 'reached' then coalesce(reach_amount, reach_count) > 0 and due_on is null and not provisional
      else state in ('open', 'over') and last_on is not null and business_days > 0 and due_on is not null and until is null
    end)
) with (fillfactor = 80);
create index pool_goal on rewards.pool (org_id, member_id) where kind = 'reached' and state <> 'over';
create index pool_provisional on rewards.pool (org_id) where state = 'open' and provisional;
comment on table rewards.pool is 'swept';

-- Up to which day the calendar was published when provisional days were last counted.
create table rewards.calendar (
  one boolean primary key default true check (one),
  published_through date not null
);
comment on table rewards.calendar is 'reference';

create or replace view rewards.v_reward with (security_invoker = true) as
  select org_id, payment_id, decision_no, member_org, member_id, programme_id, kind, amount, reversed, state, granted_at,
         to_merchant, what, cancelled, due_on, pool, arrived_at, expires_on
    from rewards.reward;

-- Checked balances and the timers that stand, for proofs.
create view ledger.v_balance with (security_invoker = true) as
  select org_id, code, owner, posted, held from ledger.account where checked;
create view platform.v_timer with (security_invoker = true) as
  select org_id, kind, dedupe, due_at, payload from platform.timer;

-- To whom decisions give what, and when it arrives.
create view offers.v_arrival with (security_invoker = true) as
  select org_id, payment_id, decision_no, recipient, what, coalesce(arrival->>'type', 'instant') as arrival,
         arrival->>'pool' as pool
    from offers.decision;

-- What a member has earned towards a tier of its programme.
alter table members.member add column growth bigint not null default 0 check (growth >= 0);
create view members.v_growth with (security_invoker = true) as
  select org_id, member_id, growth from members.member where growth <> 0;

-- Who serves a programme: in the book of its owner, who so finds what its members wait for.
create table members.server (
  org_id bigint not null,
  programme_id uuid not null,
  merchant_org bigint not null references merchants.org (org_id),
  primary key (org_id, programme_id, merchant_org),
  foreign key (org_id, programme_id) references members.programme (org_id, programme_id)
);
alter table members.enrolment no force row level security;
insert into members.server (org_id, programme_id, merchant_org)
select distinct owner_org, programme_id, org_id from members.enrolment where owner_org <> org_id;
