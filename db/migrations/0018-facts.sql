-- What offers may ask of a sale: how it was paid, where, by whom, and what the buyer bought before.

-- The card is known by its first digits, its last four and a token; its number stands nowhere.
alter table payments.charge
  add column wallet text check (wallet in ('wechat', 'alipay', 'unionpay', 'digital_yuan')),
  add column reference text,
  add column card_bin text check (card_bin ~ '^[0-9]{6,10}$'),
  add column card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
  add column card_token text,
  -- the payment's own, only beside a token: a card's sales of a window are found by it
  add column business_day date,
  add constraint charge_wallet check ((tender = 'wallet') = (wallet is not null)),
  add constraint charge_card check (
    (tender = 'card') = (card_token is not null)
    and (card_token is null) = (card_bin is null)
    and (card_token is not null or card_last4 is null)
    and (card_token is null) = (business_day is null)
  );
create index charge_card on payments.charge (card_token, business_day) where card_token is not null;

-- fen given back per charge of the payment, in their order; null where all of it was cash.
alter table payments.refund add column charged bigint[];

-- A member's sales of a window are read by day, however many they have made before. Without org_id, which every
-- other index begins with: no plan that is made while the tables are small takes another index for it.
drop index payments.payment_member;
create index payment_member on payments.payment (member_id, business_day) where member_id is not null;

-- The merchant's category code of ISO 18245.
alter table merchants.org add column mcc text check (mcc ~ '^[0-9]{4}$');

-- "MM-DD" or a whole date, as told.
alter table members.member
  add column birthday_sealed text,
  drop constraint member_erased,
  add constraint member_erased check (
    (status = 'erased') = (phone_sealed is null)
    and (status <> 'erased' or (name_sealed is null and birthday_sealed is null and labels = '{}'))
  );
