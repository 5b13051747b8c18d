import type { FieldFault } from '#kernel/refusal';
import type { Database } from '#platform/db/transact';
import type { Definition } from '../rule/definition.ts';

type Stacking = Definition['stacking'];

/** Other offers of the same owner that a definition meets: those it names, and those of its group. */
export interface Neighbours {
  /** Which of the codes it names there are. */
  readonly codes: ReadonlySet<string>;
  /** What is published of the group and has not ended. */
  readonly group: readonly {
    readonly code: string;
    readonly priority: number;
    readonly stacking: Stacking;
  }[];
}

/** Reads the neighbours of an offer in its owner's book. */
export function neighboursOf(
  db: Database,
  org: number,
  { code, stacking }: Definition,
): Promise<Neighbours> {
  const { not_with: named = [], group } = stacking;
  if (named.length === 0 && group === undefined)
    return Promise.resolve({ codes: new Set(), group: [] });
  return db.read([org], async (tx) => {
    const codes = await tx.query<{ code: string }>(
      'select code from offers.offer where org_id = $1 and code = any($2::text[])',
      [org, named],
    );
    const peers = await tx.query<{ code: string; definition: Definition }>(
      `select o.code, v.definition
         from offers.offer o
         join offers.version v
           on v.org_id = o.org_id and v.offer_id = o.offer_id and v.version = o.live_version
        where o.org_id = $1 and o.code <> $2 and o.status in ('live', 'paused')
          and v.definition->'stacking'->>'group' = $3
        order by o.code`,
      [org, code, group ?? null],
    );
    return {
      codes: new Set(codes.map((row) => row.code)),
      group: peers.map(({ code: other, definition }) => ({
        code: other,
        priority: definition.priority,
        stacking: definition.stacking,
      })),
    };
  });
}

/** Faults of an offer among its neighbours: a group chooses in one way, and only offers there are excluded. */
export function neighbourFaults(
  { stacking }: Definition,
  { codes, group }: Neighbours,
): FieldFault[] {
  const unknown = (stacking.not_with ?? []).flatMap((code, index) =>
    codes.has(code)
      ? []
      : [
          {
            pointer: `/stacking/not_with/${index}`,
            detail: {
              zh: `本机构没有方案 ${code}；请从 GET /v1/offers 选择`,
              en: `this org has no offer ${code}; choose one of GET /v1/offers`,
            },
          },
        ],
  );
  const [peer] = group;
  if (!peer) return unknown;
  const { pick, most } = peer.stacking;
  if (pick !== stacking.pick) {
    unknown.push({
      pointer: '/stacking/pick',
      detail: {
        zh: `同组方案 ${peer.code} 的 pick 为 ${pick}，一组只能有一种选法：须为 ${pick}，或换一组`,
        en: `the offer ${peer.code} of the same group picks ${pick}, and a group chooses in one way: must be ${pick}, or another group`,
      },
    });
  } else if (most !== stacking.most) {
    unknown.push({
      pointer: '/stacking/most',
      detail: {
        zh: `同组方案 ${peer.code} 的 most 为 ${most ?? '不限'}，须相同`,
        en: `the offer ${peer.code} of the same group has ${most === undefined ? 'no most' : `most ${most}`}: must be the same`,
      },
    });
  }
  return unknown;
}
