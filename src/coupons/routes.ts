import { dayOf } from '#kernel/day';
import { answer, bind, type Route } from '#platform/contract';
import type { Ctx } from '#platform/context';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import { changeTemplate } from './change-template.ts';
import * as contract from './contract.ts';
import { codeShown } from './core.ts';
import { countCoupons } from './count-coupons.ts';
import { type Coupon, stateOn, type Template, unusable } from './coupon.ts';
import { createTemplate } from './create-template.ts';
import { issuingCoupons } from './issue-coupons.ts';
import { listCoupons } from './list-coupons.ts';
import { readCoupon } from './read-coupon.ts';
import { unusableRefusal } from './refusals.ts';
import type { CouponsRoom } from './room.ts';
import { readTemplate } from './template-rows.ts';
import { listTemplates } from './templates.ts';
import { voidingCoupon } from './void-coupon.ts';

export function couponsRoutes(room: CouponsRoom): Route[] {
  return [...templateRoutes(room), ...couponRoutes(room)];
}

async function todayOf({ orgs }: CouponsRoom, ctx: Ctx): Promise<string> {
  return dayOf(ctx.now, (await orgs.get(ctx.org)).value.org.zone);
}

function templateRoutes(room: CouponsRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.createTemplate, (ctx, { body, meta }) =>
      idempotent(db, ctx, meta, async (tx) => {
        const { usable_from: usableFrom, quantity = null, per_member: perMember = null } = body;
        const wanted = { ...pick(body), usableFrom, quantity, perMember };
        return { answer: answer(201, templateShown(await createTemplate(tx, ctx, wanted))) };
      }),
    ),
    bind(contract.listTemplates, async (ctx, { query: { limit, cursor, status } }) => {
      const list = `coupon-templates:${ctx.org}:${status ?? ''}`;
      const after = decodeCursor(list, cursor)?.[0] as string | undefined;
      const templates = await listTemplates(db, ctx, { after, limit: limit + 1, status });
      return answer(
        200,
        page(templates.map(templateShown), limit, list, ({ code }) => [code]),
      );
    }),
    bind(contract.getTemplate, async (ctx, { params }) => {
      const today = await todayOf(room, ctx);
      const found = await db.read([ctx.org], async (tx) => {
        const template = await readTemplate(tx, ctx.org, params.code);
        const counts = await countCoupons(tx, ctx.org, template.id, today);
        return { ...templateShown(template), ...counts };
      });
      return answer(200, found);
    }),
    bind(contract.changeTemplate, (ctx, { params, body, meta }) =>
      idempotent(db, ctx, meta, async (tx) => {
        const { name, quantity, per_member: perMember, status } = body;
        const change = { name, quantity, perMember, status };
        const template = await changeTemplate(tx, ctx, params.code, change);
        return { answer: answer(200, templateShown(template)) };
      }),
    ),
  ];
}

function couponRoutes(room: CouponsRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.issueCoupons, async (ctx, { body, meta }) => {
      const { template, member_id: memberId = null, quantity } = body;
      const work = await issuingCoupons(room, ctx, { template, memberId, quantity });
      return idempotent(db, ctx, meta, async (tx) => {
        const { source, span, coupons } = await work(tx);
        const shown = {
          issue_id: source,
          template,
          member_id: memberId,
          valid_from: span.from,
          valid_to: span.to,
          coupons: coupons.map(({ id, code }) => ({ coupon_id: id, code: codeShown(code) })),
        };
        return { answer: answer(201, shown) };
      });
    }),
    bind(contract.listCoupons, async (ctx, { query }) => {
      const { limit, cursor, member_id: memberId, state, template } = query;
      const list = `coupons:${JSON.stringify([ctx.org, memberId, state, template])}`;
      const before = decodeCursor(list, cursor)?.[0] as string | undefined;
      const today = await todayOf(room, ctx);
      const sought = { memberId, state, template, today, before, limit: limit + 1 };
      const coupons = await listCoupons(db, ctx, sought);
      return answer(
        200,
        page(
          coupons.map((coupon) => couponShown(coupon, today)),
          limit,
          list,
          (shown) => [shown.coupon_id],
        ),
      );
    }),
    bind(contract.getCoupon, async (ctx, { params }) => {
      const coupon = await readCoupon(room, ctx, params.coupon);
      const today = await todayOf(room, ctx);
      const why = unusable(coupon, coupon.memberId, today);
      const refusal = why && unusableRefusal(why, coupon);
      return answer(200, {
        ...couponShown(coupon, today),
        usable: why === null,
        why_not: refusal && { code: refusal.code, detail: refusal.detail },
      });
    }),
    bind(contract.voidCoupon, async (ctx, { params, body, meta }) => {
      const work = await voidingCoupon(room, ctx, params.coupon, body.reason);
      const today = await todayOf(room, ctx);
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, couponShown(await work(tx), today)),
      }));
    }),
  ];
}

function pick({ code, name, validity }: Pick<Template, 'code' | 'name' | 'validity'>) {
  return { code, name, validity };
}

function templateShown(template: Template) {
  return {
    template_id: template.id,
    code: template.code,
    name: template.name,
    validity: template.validity,
    usable_from: template.usableFrom,
    quantity: template.quantity,
    per_member: template.perMember,
    status: template.status,
    created_at: template.createdAt.toISOString(),
    updated_at: template.updatedAt.toISOString(),
  };
}

function couponShown(coupon: Coupon, today: string) {
  return {
    coupon_id: coupon.id,
    code: codeShown(coupon.code),
    template: coupon.template,
    name: coupon.name,
    owner_org: coupon.org,
    member_id: coupon.memberId,
    state: stateOn(coupon, today),
    valid_from: coupon.from,
    valid_to: coupon.to,
    used_payment: coupon.used?.payment ?? null,
  };
}
