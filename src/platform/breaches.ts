import { type Invariant, invariant } from '#platform/invariant';
import type { Anchor } from '#platform/seal/anchors';
import type { SealSource } from '#platform/seal/source';
import { verifyChains } from '#platform/seal/verify-chain';

/** What must hold of the machinery's own tables. */
export function platformInvariants(
  sources: readonly SealSource[],
  anchors: readonly Anchor[] = [],
): Invariant[] {
  return [
    {
      id: 'I22',
      says: {
        zh: '哈希链可由数据重算，且与留存的锚点一致',
        en: 'The hash chains recompute from the rows and hold every anchor',
      },
      async breaches(tx, orgs) {
        const faults = [];
        for (const source of sources)
          faults.push(...(await verifyChains(tx, orgs, source, anchors)));
        return faults;
      },
    },
    invariant(
      'I27',
      '没有逾期超过 60 秒而无人处理的定时任务或事件',
      'No timer or event has been due for 60 s without being worked on',
      `select org_id, 'timer' what, timer_id id, kind, wake_at due from platform.timer
        where org_id = any($1) and wake_at < clock_timestamp() - interval '60 s'
       union all
       select org_id, 'event', event_id, type, due_at from platform.outbox
        where org_id = any($1) and due_at < clock_timestamp() - interval '60 s' limit 20`,
    ),
  ];
}
