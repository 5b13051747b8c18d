import { dayOf } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must } from '#kernel/refusal';
import { zoneOfOrg } from '#merchants';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { demandAllStores } from '#platform/http/demand-all-stores';
import { bumpSnapshot } from '#platform/snapshot';
import { spanOf, type Template } from './coupon.ts';
import { scheduleExpiry } from './expire-coupons.ts';
import { templateCodeTaken, templateOver } from './refusals.ts';
import { TEMPLATES } from './templates.ts';

export type WantedTemplate = Omit<Template, 'id' | 'status' | 'createdAt' | 'updatedAt'>;

/**
 * Creates a template of coupons in the book of `ctx.org`, active at once.
 * @throws Refused coupon_template_code_taken, coupon_template_over, all_stores_needed
 */
export async function createTemplate(tx: Tx, ctx: Ctx, wanted: WantedTemplate): Promise<Template> {
  demandAllStores(ctx);
  const zone = await zoneOfOrg(tx, ctx.org);
  must(spanOf(wanted, dayOf(ctx.now, zone)), () => templateOver(wanted.code));
  const template: Template = {
    ...wanted,
    id: newId(),
    status: 'active',
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
  const { validity, name } = template;
  const fixed = validity.type === 'fixed' ? validity : null;
  const inserted = await tx.execute(
    `insert into coupons.template (org_id, template_id, code, name_zh, name_en, valid_from, valid_to, days, usable_from,
                                   quantity, per_member, status, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', $12, $12) on conflict (org_id, code) do nothing`,
    [
      ctx.org,
      template.id,
      template.code,
      name.zh,
      name.en,
      fixed?.from ?? null,
      fixed?.to ?? null,
      validity.type === 'rolling' ? validity.days : null,
      template.usableFrom,
      template.quantity,
      template.perMember,
      ctx.now,
    ],
  );
  must(inserted === 1, () => templateCodeTaken(template.code));
  await bumpSnapshot(tx, ctx.org, TEMPLATES);
  await scheduleExpiry(tx, ctx.org, ctx.now, zone);
  await audit(tx, ctx, {
    verb: 'coupons.create-template',
    subject: `coupon-template:${template.id}`,
    after: template,
  });
  return template;
}
