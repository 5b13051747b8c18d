import { Refused } from '#kernel/refusal';
import type { FoundMember } from './look-up-members.ts';
import { phoneOf } from './phone.ts';
import { phoneInvalid, programmeNotServed } from './refusals.ts';
import type { MembersRoom } from './room.ts';
import { servedAt } from './served-programmes.ts';

/** Whom to look for at a store of the merchant: by a phone number as typed, or by id. */
export type MemberSought = {
  readonly storeId: string;
  readonly programmeId?: string | undefined;
} & ({ readonly phone: string } | { readonly memberId: string });

/**
 * The member that a sale at a store is for, fresh from the database, in the book of whoever owns the
 * programme. Without `programmeId` a phone number is looked for in the store's first programme, an id in
 * all it serves. Closed members are found too, with their status; an erased one only by id.
 * Reads the merchant's 'programmes' snapshot from memory: a hot write names it among its versions.
 * @param merchant the org of the store.
 * @throws Refused phone_invalid, programme_not_served
 */
export async function findMember(
  room: MembersRoom,
  merchant: number,
  sought: MemberSought,
): Promise<FoundMember | undefined> {
  const { value: served } = await room.programmes.get(merchant);
  const programme = servedAt(served, sought.storeId, sought.programmeId);
  if (!programme) throw new Refused(programmeNotServed());
  if ('phone' in sought) {
    const phone = phoneOf(sought.phone);
    if (!phone) throw new Refused(phoneInvalid('/member/phone'));
    const { ownerOrg: org, programmeId } = programme;
    return room.lookUp.byBlind({ org, programmeId, blind: room.vault.blind(org, phone) });
  }
  const candidates =
    sought.programmeId === undefined ? (served.byStore.get(sought.storeId) ?? []) : [programme];
  const { memberId } = sought;
  for (const org of new Set(candidates.map(({ ownerOrg }) => ownerOrg))) {
    const found = await room.lookUp.byId({ org, memberId });
    if (found && candidates.some(({ programmeId }) => programmeId === found.programmeId)) {
      return found;
    }
  }
  return undefined;
}
