-- Decisions of every kind: who gets it, of what, which coupon it used up, when it arrives and how long it lasts.
alter table offers.decision
  drop constraint decision_kind_check,
  add constraint decision_kind_check check (kind in ('discount', 'points', 'growth', 'cashback', 'coupon', 'gift')),
  -- 0: a sale that counts towards a later reward and is granted nothing itself
  drop constraint decision_amount_check,
  add constraint decision_amount_check check (amount >= 0),
  -- null: the buyer
  add column recipient text check (recipient in ('merchant')),
  -- template of a coupon, SKU of a gift
  add column what text,
  add column coupon_id text,
  -- null: at once
  add column arrival json,
  -- how the last usable day follows from the day of arrival
  add column expires json;

-- The wall stands for the application alone; secure.sql puts it up again for the owner.
alter table offers.decision no force row level security;
alter table offers.version no force row level security;
alter table offers.offer no force row level security;

update offers.decision set partly = 'limit_sale' where partly = 'sale_cap';
update offers.decision set partly = 'limit_member' where partly = 'member_day_amount';

-- Limits are a list; the two that stood by name are entries of it.
update offers.version
   set definition = definition || jsonb_build_object(
         'limits', jsonb_build_object(
           'each', coalesce((
             select jsonb_agg(l) from (values
               (case when definition->'limits' ? 'per_sale' then
                  jsonb_build_object('per', 'sale', 'amount', definition->'limits'->'per_sale') end),
               (case when definition->'limits' ? 'per_member_day' then
                  '{"per": "member", "window": {"type": "day"}}' || (definition->'limits'->'per_member_day') end)) t(l)
              where l is not null), '[]'),
           'partial_grants', coalesce(definition->'limits'->'partial_grants', 'true')),
         'clawback', coalesce(definition->'clawback', '{"retest": "none", "shortage": "member_debt", "coupon": "restore"}'))
 where definition->'limits'->'each' is null;

update offers.offer
   set draft = draft || jsonb_build_object(
         'limits', jsonb_build_object(
           'each', coalesce((
             select jsonb_agg(l) from (values
               (case when draft->'limits' ? 'per_sale' then
                  jsonb_build_object('per', 'sale', 'amount', draft->'limits'->'per_sale') end),
               (case when draft->'limits' ? 'per_member_day' then
                  '{"per": "member", "window": {"type": "day"}}' || (draft->'limits'->'per_member_day') end)) t(l)
              where l is not null), '[]'),
           'partial_grants', coalesce(draft->'limits'->'partial_grants', 'true')))
 where draft is not null and draft->'limits'->'each' is null;
