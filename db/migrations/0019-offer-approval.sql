-- A draft is reviewed by a second person; what ended can be put away.
alter table offers.offer
  drop constraint offer_status_check,
  add constraint offer_status_check
    check (status in ('draft', 'live', 'paused', 'ended', 'archived')),
  add column edited_by text,
  add column review text not null default 'none'
    check (review in ('none', 'in_review', 'approved', 'rejected')),
  add column submitted_by text,
  add column submitted_at timestamptz,
  add column reviewed_by text,
  add column reviewed_at timestamptz,
  -- why it was rejected
  add column review_reason text,
  add constraint offer_review_has_draft check (review = 'none' or draft is not null),
  add constraint offer_review_has_people check (
    (review = 'none' or submitted_by is not null)
    and ((review in ('approved', 'rejected')) = (reviewed_by is not null))
    and ((review = 'rejected') = (review_reason is not null)));

-- Who approved a publication, and against which rules it was checked.
alter table offers.version
  add column approved_by text,
  add column policy_version integer;

-- How an org wants its offers handled; without a row it follows its kind.
create table offers.setting (
  org_id bigint primary key,
  approval text not null check (approval in ('required', 'not')),
  updated_at timestamptz not null
);

-- The platform's rules for offers, for all orgs: what was proposed stays as it was proposed.
create table offers.policy_set (
  version integer primary key check (version > 0),
  status text not null check (status in ('proposed', 'published', 'rejected')),
  effective_from date not null,
  definition jsonb not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  reason text,
  constraint policy_set_decided check (
    (status = 'proposed') = (decided_by is null)
    and (decided_by is null) = (decided_at is null)
    and (status = 'rejected') = (reason is not null))
);
comment on table offers.policy_set is 'reference';

-- The rules a new installation begins with. Sources are named with their article only where it is certain.
insert into offers.policy_set
  (version, status, effective_from, definition, proposed_by, proposed_at, decided_by, decided_at)
values (1, 'published', '2000-01-01', $json$
{
  "name": { "zh": "默认合规规则", "en": "Default rules" },
  "effective_from": "2000-01-01",
  "articles": [
    {
      "id": "tobacco",
      "text": {
        "zh": "不得以烟草制品(含电子烟)为对象减价、发放积分、成长值、返现、券或赠品。面向消费者的卷烟促销只能由持证经营者在烟草公司的销售网络内开展,并须报告烟草专卖行政主管部门,平台无从核实。",
        "en": "No discount, points, growth value, cashback, coupon or gift may be aimed at tobacco, e-cigarettes included. Cigarettes are promoted to consumers only by licensed dealers within the tobacco company's network and after a report to the tobacco authority, which the platform cannot verify."
      },
      "source": {
        "zh": "国家烟草专卖局《关于规范卷烟促销活动暂行规定》(国烟法[2003]483号);《中华人民共和国广告法》关于烟草广告的规定",
        "en": "State Tobacco Monopoly Administration, Interim Provisions on Cigarette Promotion (Guo Yan Fa [2003] No. 483); Advertising Law of the PRC, on tobacco"
      }
    },
    {
      "id": "infant-formula",
      "text": {
        "zh": "不得在零售环节以减价、券、赠品、积分或返现促销 0 至 6 月龄婴儿配方食品(1 段)。",
        "en": "Infant formula for the first six months (stage 1) is not promoted at retail by discounts, coupons, gifts, points or cashback."
      },
      "source": {
        "zh": "世界卫生组织《国际母乳代用品销售守则》第 5.3 条;《中华人民共和国广告法》关于母乳代用品广告的规定",
        "en": "WHO International Code of Marketing of Breast-milk Substitutes, article 5.3; Advertising Law of the PRC, on breast-milk substitutes"
      }
    },
    {
      "id": "alcohol",
      "text": {
        "zh": "以酒类为对象的方案须写明不向未成年人销售。",
        "en": "An offer aimed at alcohol must say that it is not sold to minors."
      },
      "source": {
        "zh": "《中华人民共和国未成年人保护法》第五十九条",
        "en": "Law of the PRC on the Protection of Minors, article 59"
      }
    },
    {
      "id": "plain-terms",
      "text": {
        "zh": "促销的附加条件与期限须显著标明。由规则生成的条款已写明条件、期限与算例,须向顾客展示。",
        "en": "Conditions and the term of a promotion must be stated plainly. The terms generated from the rule state them with an example; show them to customers."
      },
      "source": {
        "zh": "《规范促销行为暂行规定》(国家市场监督管理总局令第32号)",
        "en": "Interim Provisions on Regulating Promotions (State Administration for Market Regulation, order 32)"
      }
    },
    {
      "id": "house-grant",
      "text": {
        "zh": "一次减免或返现写明的金额至多 50,000.00 元。",
        "en": "The amount that an offer states for one discount or cashback is at most 50,000.00 yuan."
      },
      "source": { "zh": "平台规则,由运营方制定", "en": "Rule of the platform, set by its operator" }
    },
    {
      "id": "house-approval",
      "text": {
        "zh": "一次减免或返现写明的金额超过 10,000.00 元的方案须由第二人批准。",
        "en": "An offer that states more than 10,000.00 yuan for one discount or cashback is approved by a second person."
      },
      "source": { "zh": "平台规则,由运营方制定", "en": "Rule of the platform, set by its operator" }
    }
  ],
  "rules": [
    {
      "type": "category_forbidden",
      "article": "tobacco",
      "categories": ["烟草", "烟草制品", "烟", "香烟", "卷烟", "雪茄", "电子烟", "tobacco", "cigarette", "cigarettes", "cigar", "cigars", "e-cigarette", "e-cigarettes"],
      "kinds": ["discount", "points", "growth", "cashback", "coupon", "gift"]
    },
    {
      "type": "category_forbidden",
      "article": "infant-formula",
      "categories": ["婴儿配方奶粉", "婴儿配方食品", "婴儿配方奶粉1段", "1段奶粉", "一段奶粉", "infant formula", "infant formula stage 1"],
      "kinds": ["discount", "points", "growth", "cashback", "coupon", "gift"]
    },
    {
      "type": "disclosure",
      "article": "alcohol",
      "categories": ["酒", "酒类", "白酒", "啤酒", "葡萄酒", "黄酒", "洋酒", "alcohol", "liquor", "spirits", "wine", "beer"],
      "text": { "zh": "不向未成年人销售酒。", "en": "Alcohol is not sold to minors." }
    },
    { "type": "grant_max", "article": "house-grant", "kinds": ["discount", "cashback"], "amount": 5000000 },
    { "type": "approval_above", "article": "house-approval", "kinds": ["discount", "cashback"], "amount": 1000000 }
  ]
}
$json$, 'system:migration', now(), 'system:migration', now());
