-- What runs behind the writes: timers, the outbox, the seal of the chain, the relay and leases.

comment on table platform.clock is 'swept';

-- wake_at is real time: when the runner looks at the timer next. It is null while only the org's own
-- clock can make the timer due; a lease and a failure move it forward.
drop index platform.timer_due;
alter table platform.timer drop column leased_until, add column wake_at timestamptz;
alter table platform.timer set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create index timer_wake on platform.timer (wake_at) where wake_at is not null;
create index timer_of_org on platform.timer (org_id, due_at, timer_id);

-- position is made when the row is written, so that a subject's events are delivered in that order;
-- delivered names the subscribers that have the event while another is still to get it.
alter table platform.outbox add column position uuid not null, add column delivered text[] not null default '{}';
alter table platform.outbox set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create index outbox_subject on platform.outbox (org_id, subject, position);

-- The first eight bytes of each row's digest, in id order: they say which row a broken block is about.
alter table platform.chain add column marks bytea not null;
comment on table platform.audit is 'append-only';

-- Up to which journal the tally of a book has been added up.
create table ledger.tallied (
  org_id bigint not null,
  upto uuid not null,
  primary key (org_id)
);

-- What a funder's book has lent of a budget to a borrower's book, and what came back.
drop table ledger.lease;
create table ledger.lease (
  org_id bigint not null,
  budget text not null,
  borrower bigint not null,
  granted bigint not null default 0 check (granted >= 0),
  returned bigint not null default 0 check (returned between 0 and granted),
  primary key (org_id, budget, borrower)
) with (fillfactor = 80);

create index hold_source on ledger.hold (org_id, source);
alter table ledger.xfer set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
create index journal_reverses on ledger.journal (org_id, reverses) where reverses is not null;
create index xfer_order on ledger.xfer (xfer_id) where state = 'sent';
create index xfer_pair on ledger.xfer (org_id, peer_org, xfer_id) where state = 'sent';
