import { addDays, type Day } from '#kernel/day';
import type { LeafTest } from '../engine/condition.ts';
import type { MemberFacts } from '../engine/facts.ts';
import { placeOf } from '../engine/hold-out.ts';
import type { CompiledOffer } from '../engine/offer.ts';
import { asking } from './asking.ts';
import { shared } from './shared.ts';

const A_YEAR = 365;

/** Nobody where anybody will do; else members of whom at least one stands outside the control group. */
export function buyersFor(
  way: readonly LeafTest[],
  offer: CompiledOffer,
  day: Day,
): (MemberFacts | null)[] {
  const asks =
    way.some((test) => MEMBERS.has(test.type) || ('whose' in test && test.whose === 'member')) ||
    offer.benefits.some(
      ({ needsMember, timing }) => needsMember || ('whose' in timing && timing.whose === 'member'),
    );
  if (!asks) return [null];
  const held = asking(way, 'hold_out');
  const ids = Array.from({ length: IDS_TRIED }, (_, at) => `member-${at}`);
  const free = ids.filter((id) => held.every(({ salt, share }) => placeOf(salt, id) >= share));
  return free.slice(0, 1).map((id) => memberFor(way, day, id));
}

const IDS_TRIED = 64;

const MEMBERS = new Set<LeafTest['type']>([
  'member',
  'programme',
  'tier',
  'label',
  'member_for',
  'birthday',
  'nth_purchase',
  'days_since_last',
]);

/** A member as the conditions ask for; no birthday unless one does. */
function memberFor(way: readonly LeafTest[], day: Day, id: string): MemberFacts {
  const tenure = asking(way, 'member_for');
  const least = Math.max(0, ...tenure.map(({ min }) => min));
  const most = Math.min(...tenure.map(({ max }) => max));
  return {
    id,
    programme: shared(asking(way, 'programme').map(({ programmes }) => programmes)) ?? 'programme',
    tier: shared(asking(way, 'tier').map(({ tiers }) => tiers)) ?? 'tier',
    labels: asking(way, 'label').flatMap(({ labels }) => [...labels].slice(0, 1)),
    joined: addDays(day, -Math.max(least, Math.min(A_YEAR, most))),
    birthday: asking(way, 'birthday').length > 0 ? day.slice('2026-'.length) : null,
  };
}
