-- What a member had spent of what a refund takes back, and who makes it good; what kept goods cost beyond what was paid.
alter table payments.refund
  -- fen that belong to the customer and are kept for what was spent
  add column withheld bigint not null default 0 check (withheld >= 0),
  -- debt, what payers bear, shortfall; null where there is none
  add column shortage json,
  add constraint refund_within_gross check (gross >= amount + withheld);

create or replace view payments.v_movement with (security_invoker = true) as
  select org_id, business_day, store_id, 'sale'::text as kind, payment_id as id, gross, discount, due as amount,
         member_id is not null as by_member
    from payments.payment where state not in ('open', 'cancelled')
  union all
  select org_id, business_day, store_id, kind, refund_id, gross, gross - amount - withheld, amount, false
    from payments.refund;

create or replace view payments.v_refund with (security_invoker = true) as
  select org_id, refund_id, kind, payment_id, store_id, business_day, occurred_at, amount, gross, lines, clawback, withheld
    from payments.refund;
