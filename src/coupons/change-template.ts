import { must, type Text } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { demandAllStores } from '#platform/http/demand-all-stores';
import { bumpSnapshot } from '#platform/snapshot';
import type { Template } from './coupon.ts';
import { limitLowered } from './refusals.ts';
import { lockTemplate } from './template-rows.ts';
import { TEMPLATES } from './templates.ts';

/** What may change of a template; what is left out stays. */
export interface TemplateChange {
  readonly name?: Text | undefined;
  readonly quantity?: number | undefined;
  readonly perMember?: number | undefined;
  readonly status?: Template['status'] | undefined;
}

/**
 * Renames, stops or resumes a template, or raises its limits. A limit is neither lowered nor made or lifted later:
 * what is given is counted only where there is one. Validity never changes: coupons were given with it.
 * @throws Refused coupon_template_unknown, coupon_limit_lowered, all_stores_needed
 */
export async function changeTemplate(
  tx: Tx,
  ctx: Ctx,
  code: string,
  change: TemplateChange,
): Promise<Template> {
  demandAllStores(ctx);
  const before = await lockTemplate(tx, ctx.org, code);
  const { name, quantity, perMember, status } = change;
  demandRaised('/quantity', before.quantity, quantity);
  demandRaised('/per_member', before.perMember, perMember);
  const after: Template = {
    ...before,
    name: name ?? before.name,
    quantity: quantity ?? before.quantity,
    perMember: perMember ?? before.perMember,
    status: status ?? before.status,
    updatedAt: ctx.now,
  };
  await tx.execute(
    `update coupons.template set name_zh = $3, name_en = $4, quantity = $5, per_member = $6, status = $7, updated_at = $8
      where org_id = $1 and template_id = $2`,
    [
      ctx.org,
      after.id,
      after.name.zh,
      after.name.en,
      after.quantity,
      after.perMember,
      after.status,
      ctx.now,
    ],
  );
  await bumpSnapshot(tx, ctx.org, TEMPLATES);
  await audit(tx, ctx, {
    verb: 'coupons.change-template',
    subject: `coupon-template:${after.id}`,
    before,
    after,
  });
  return after;
}

function demandRaised(pointer: string, was: number | null, asked: number | undefined): void {
  must(asked === undefined || (was !== null && asked >= was), () => limitLowered(pointer, was));
}
