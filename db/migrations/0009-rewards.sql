create schema rewards;

-- What a payment granted to a member: a decision's points or cashback and how much was taken back since.
create table rewards.reward (
  org_id bigint not null,
  payment_id uuid not null,
  decision_no smallint not null,
  member_org bigint not null,
  member_id uuid not null,
  programme_id uuid not null,
  kind text not null check (kind in ('points', 'cashback')),
  amount bigint not null check (amount > 0),
  reversed bigint not null default 0,
  state text not null check (state in ('available', 'reversed')),
  granted_at timestamptz not null,
  primary key (org_id, payment_id, decision_no),
  constraint reward_reversed check (reversed between 0 and amount),
  constraint reward_state check ((state = 'reversed') = (reversed = amount))
) with (fillfactor = 90);
create index reward_member on rewards.reward (org_id, member_id, payment_id desc);
