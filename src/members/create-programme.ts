import { newId } from '#kernel/ids';
import { schedulePointsExpiry } from '#ledger';
import { must, type Text } from '#kernel/refusal';
import { zoneOfOrg } from '#merchants';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { type Tier, USUAL_TIERS } from './core.ts';
import type { Programme } from './programme-rows.ts';
import { programmeCodeTaken } from './refusals.ts';

export interface NewProgramme {
  /** Lower-case slug, one within the owner. */
  readonly code: string;
  readonly name: Text;
  /** Provision per point, in millionths of a fen. It stays: points granted were provided for at it. */
  readonly pointValuePpm: number;
  /** The first is where members begin. Default: the four usual ones. */
  readonly tiers?: readonly Tier[] | undefined;
}

/** Creates a programme in the book of `ctx.org`. @throws Refused programme_code_taken */
export async function createProgramme(tx: Tx, ctx: Ctx, wanted: NewProgramme): Promise<Programme> {
  const { code, name, pointValuePpm, tiers = USUAL_TIERS } = wanted;
  const programmeId = newId();
  const inserted = await tx.execute(
    `insert into members.programme
       (org_id, programme_id, code, name_zh, name_en, point_value_ppm, tiers, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org_id, code) do nothing`,
    [ctx.org, programmeId, code, name.zh, name.en, pointValuePpm, JSON.stringify(tiers), ctx.now],
  );
  must(inserted === 1, () => programmeCodeTaken(code));
  await schedulePointsExpiry(tx, ctx.org, ctx.now, await zoneOfOrg(tx, ctx.org));
  await audit(tx, ctx, {
    verb: 'members.create-programme',
    subject: `programme:${programmeId}`,
    after: wanted,
  });
  return { programmeId, ownerOrg: ctx.org, code, name, pointValuePpm, tiers, status: 'active' };
}
