import { orgsSetting } from '#platform/db/transact';
import type { Invariant } from '#platform/invariant';

const SHOWN_MAX = 100;

const splits: Invariant = {
  id: 'offers.splits',
  says: {
    zh: '每条判定按行与按出资方的分摊之和都等于其金额',
    en: 'Every decision is the sum of its shares per line and of its parts per payer',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select org_id, payment_id, decision_no, amount, line_shares, funding
         from offers.decision
        where org_id = any($1)
          and (amount <> (select coalesce(sum(s), 0) from unnest(line_shares) s)
            or (kind in ('discount', 'points', 'cashback')
                and amount <> (select coalesce(sum((f->>'amount')::bigint), 0) from json_array_elements(funding) f))
            or amount > wanted or (partly is null) <> (amount = wanted))
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const published: Invariant = {
  id: 'offers.published',
  says: {
    zh: '每条判定都依据一个已发布的方案版本及其中同类的优惠',
    en: 'Every decision refers to a published version, and to a benefit of its kind in it',
  },
  async breaches(tx, orgs) {
    const owners = await tx.query<{ owner_org: number }>(
      'select distinct owner_org from offers.decision where org_id = any($1)',
      [orgs],
    );
    // The versions of a programme's owner stand in its book.
    await tx.execute(orgsSetting([...new Set([...orgs, ...owners.map((row) => row.owner_org)])]));
    const rows = await tx.query(
      `select d.org_id, d.payment_id, d.decision_no, d.owner_org, d.offer_id, d.version, d.benefit, d.kind
         from offers.decision d
         left join offers.version v
           on v.org_id = d.owner_org and v.offer_id = d.offer_id and v.version = d.version
        where d.org_id = any($1)
          and d.kind is distinct from v.definition->'benefits'->(d.benefit::int)->>'kind'
        limit ${SHOWN_MAX}`,
      [orgs],
    );
    await tx.execute(orgsSetting(orgs));
    return rows;
  },
};

const used: Invariant = {
  id: 'offers.uses',
  says: {
    zh: '每个计数不超过各判定累计计入的次数与金额',
    en: 'No counter holds more uses or a larger amount than decisions counted',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select u.org_id, u.counter, u.count, u.amount, c.count as decided_count, c.amount as decided_amount
         from offers.usage u
         left join (
           select d.org_id, k->>'key' as counter, sum((k->>'count')::bigint) as count, sum((k->>'amount')::bigint) as amount
             from offers.decision d, json_array_elements(d.counters) k
            where d.org_id = any($1) group by 1, 2
         ) c on c.org_id = u.org_id and c.counter = u.counter
        where u.org_id = any($1) and (u.count > coalesce(c.count, 0) or u.amount > coalesce(c.amount, 0))
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const changes: Invariant = {
  id: 'offers.changes',
  says: {
    zh: '每个方案当前的状态与其最近一次上下线记录一致',
    en: 'What an offer is now agrees with the last change of what is live',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select o.org_id, o.offer_id, o.status, o.live_version, c.version as changed_to
         from offers.offer o
         left join (
           select distinct on (org_id, offer_id) org_id, offer_id, version from offers.change
            where org_id = any($1) order by org_id, offer_id, change_no desc
         ) c on c.org_id = o.org_id and c.offer_id = o.offer_id
        where o.org_id = any($1)
          and c.version is distinct from case when o.status = 'live' then o.live_version end
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

/** For the audit, in one read of the books. */
export const offersInvariants: readonly Invariant[] = [splits, published, used, changes];
