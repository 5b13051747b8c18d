-- The owner of a programme lets a merchant serve it: in the owner's book. The merchant enrols its own stores.
create table members.invitation (
  org_id bigint not null,
  programme_id uuid not null,
  merchant_org bigint not null references merchants.org (org_id),
  invited_at timestamptz not null,
  primary key (org_id, programme_id, merchant_org),
  foreign key (org_id, programme_id) references members.programme (org_id, programme_id)
);
