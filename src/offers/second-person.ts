import { must } from '#kernel/refusal';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { approvalNeedsPerson, approvalSamePerson } from './review-refusals.ts';

/**
 * Four eyes: a person decides, and none of those whose work it is.
 * @param authors principals as "staff:<id>"; null for nobody
 * @throws Refused approval_needs_person, approval_same_person
 */
export function demandSecondPerson({ principal }: Ctx, authors: readonly (string | null)[]): void {
  must(principal.kind === 'staff', approvalNeedsPerson);
  must(!authors.includes(actorOf(principal)), approvalSamePerson);
}
