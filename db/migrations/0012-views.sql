-- What rooms publish of their tables for lists, proofs and reports; read with the reader's own rights.

-- One row per leg of a journal; debit above zero, credit below.
create view ledger.v_leg with (security_invoker = true) as
  select j.org_id, j.journal_id, j.kind, j.source, j.value_date, a.code, a.owner, l.amount
    from ledger.journal j
    cross join lateral unnest(j.acct, j.amount) l(account_id, amount)
    join ledger.account a on a.org_id = j.org_id and a.account_id = l.account_id;

-- What offers granted.
create view offers.v_decision with (security_invoker = true) as
  select org_id, payment_id, decision_no, owner_org, offer_id, version, kind, amount, wanted, partly, funding
    from offers.decision;

-- The published names of offers.
create view offers.v_version with (security_invoker = true) as
  select org_id, offer_id, version, definition->>'code' as code, definition->'name' as name
    from offers.version;

-- Points and cashback granted to members, and how much was taken back.
create view rewards.v_reward with (security_invoker = true) as
  select org_id, payment_id, decision_no, member_org, member_id, programme_id, kind, amount, reversed, state, granted_at
    from rewards.reward;

-- Sales with their lines.
create view payments.v_sale with (security_invoker = true) as
  select org_id, payment_id, store_id, business_day, occurred_at, gross, discount, due, refunded,
         member_org, member_id, lines
    from payments.payment where state not in ('open', 'cancelled');

-- Money back: what of which lines, and what was taken back of which decision.
create view payments.v_refund with (security_invoker = true) as
  select org_id, refund_id, kind, payment_id, store_id, business_day, occurred_at, amount, gross, lines, clawback
    from payments.refund;

create index payment_member on payments.payment (org_id, member_id, payment_id desc) where member_id is not null;
