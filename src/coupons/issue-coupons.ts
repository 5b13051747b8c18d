import { dayOf } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must } from '#kernel/refusal';
import { knownMember, memberClosed } from '#members';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { inTurn } from '#platform/db/in-turn';
import type { Tx } from '#platform/db/transact';
import { leftOf, type Span, spanOf, subjectsOf, type Template } from './coupon.ts';
import { newCode } from './coupon-code.ts';
import type { CouponsState, NewIssue } from './coupons-state.ts';
import { lockCoupons } from './lock-coupons.ts';
import { couponsExhausted, memberLimitReached, templateOver, templateStopped } from './refusals.ts';
import type { CouponsRoom } from './room.ts';
import { readTemplate } from './template-rows.ts';
import { writeCoupons } from './write-coupons.ts';

export interface IssueAsked {
  /** Code of a template of `ctx.org`. */
  readonly template: string;
  /** Null: whoever shows the coupon may use it. */
  readonly memberId: string | null;
  readonly quantity: number;
}

/** New coupons of one template, each with an id and a code of its own. */
export function newCoupons(quantity: number): NewIssue['coupons'] {
  return Array.from({ length: quantity }, () => ({ id: newId(), code: newCode() }));
}

/**
 * Gives coupons of a template of `ctx.org` by hand, all or none.
 * @throws Refused coupon_template_unknown, coupon_template_stopped, coupon_template_over, coupons_exhausted,
 *   coupon_member_limit, member_unknown, member_closed
 */
export async function issueCoupons(
  room: CouponsRoom,
  ctx: Ctx,
  asked: IssueAsked,
): Promise<NewIssue> {
  const work = await issuingCoupons(room, ctx, asked);
  return room.db.transact([ctx.org], work);
}

/** Reads what `issueCoupons` needs; the answer is its work inside a transaction of `ctx.org`. */
export async function issuingCoupons(
  { orgs, members }: CouponsRoom,
  ctx: Ctx,
  asked: IssueAsked,
): Promise<(tx: Tx) => Promise<NewIssue>> {
  const { org } = ctx;
  const { memberId, quantity } = asked;
  const day = dayOf(ctx.now, (await orgs.get(org)).value.org.zone);
  const member = memberId === null ? null : await knownMember(members, org, memberId);
  must(!member || member.status === 'active', memberClosed);
  return async (tx) => {
    const template = await readTemplate(tx, org, asked.template);
    must(template.status === 'active', () => templateStopped(template.code));
    const span = spanOf(template, day);
    must(span, () => templateOver(template.code));
    const wants = subjectsOf(template, memberId).map((subject) => ({
      org,
      value: { template: template.id, subject },
    }));
    const state = await lockCoupons(inTurn(tx), wants);
    demandLeft(state, org, template, { memberId, quantity, day });
    const issue = issueOf(ctx, template, span, memberId, quantity);
    await writeCoupons(inTurn(tx), [{ org, value: { kind: 'issue', issue } }], state);
    await audit(tx, ctx, {
      verb: 'coupons.issue',
      subject: `coupon-template:${template.id}`,
      after: { issue: issue.source, member: memberId, quantity, span },
    });
    return issue;
  };
}

function demandLeft(
  state: CouponsState,
  org: number,
  template: Template,
  asked: { readonly memberId: string | null; readonly quantity: number; readonly day: string },
): void {
  const { memberId, quantity, day } = asked;
  const given = state.given(org, template, memberId);
  const inAll = leftOf({ ...template, perMember: null }, given, memberId, day);
  must(inAll === null || quantity <= inAll, () => couponsExhausted(template.code, inAll ?? 0));
  const left = leftOf(template, given, memberId, day);
  must(left === null || quantity <= left, () => memberLimitReached(template.code, left ?? 0));
}

function issueOf(
  ctx: Ctx,
  template: Template,
  span: Span,
  memberId: string | null,
  quantity: number,
): NewIssue {
  return {
    source: newId(),
    sourceNo: 0,
    kind: 'hand',
    sellerOrg: ctx.org,
    template,
    memberId,
    span,
    issuedAt: ctx.now,
    actor: actorOf(ctx.principal),
    coupons: newCoupons(quantity),
  };
}
