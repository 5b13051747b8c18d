import { must } from '#kernel/refusal';
import { current } from '#platform/snapshot';
import type { FoundMember } from './look-up-members.ts';
import { memberUnknown } from './refusals.ts';
import type { MembersRoom } from './room.ts';
import { allServed } from './served-programmes.ts';

/**
 * A member of an org's own programmes, or of one that its stores serve, whatever the member's state.
 * @throws Refused member_unknown
 */
export async function knownMember(
  room: MembersRoom,
  org: number,
  memberId: string,
): Promise<FoundMember> {
  const served = allServed((await current(room.db, room.programmes, org)).value);
  const owners = new Set([org, ...served.map(({ ownerOrg }) => ownerOrg)]);
  const found = await Promise.all(
    [...owners].map((owner) => room.lookUp.byId({ org: owner, memberId })),
  );
  const member = found.find(
    (each) =>
      each &&
      (each.ownerOrg === org || served.some(({ programmeId }) => programmeId === each.programmeId)),
  );
  must(member, memberUnknown);
  return member;
}
