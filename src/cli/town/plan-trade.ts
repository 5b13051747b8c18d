import { addDays, type Day } from '#kernel/day';
import type { WantedProduct } from '#catalog';
import type { CastMerchant } from './cast.ts';
import { type Chance, chanceOf } from './chance.ts';
import { peopleOf, type Person } from './people.ts';

/** Somebody's membership: where and when it begins. */
export interface PlannedMember extends Person {
  readonly club: 'own' | 'brand';
  readonly store: string;
}

export interface PlannedLine {
  readonly sku: string;
  readonly quantity: number;
}

/** Something that happens at a till, `minute` minutes after midnight. */
export type PlannedDeed = { readonly key: string; readonly minute: number } & (
  | {
      readonly kind: 'sale';
      readonly store: string;
      readonly lines: readonly PlannedLine[];
      readonly member: PlannedMember | null;
    }
  | { readonly kind: 'refund' | 'void'; readonly of: string; readonly store: string }
  | { readonly kind: 'return'; readonly store: string; readonly goods: WantedProduct }
);

export interface TradeDay {
  readonly day: Day;
  readonly joins: readonly PlannedMember[];
  readonly deeds: readonly PlannedDeed[];
}

export interface TradeAsked {
  readonly merchant: CastMerchant;
  /** Members of the brand's club, where the merchant runs it. */
  readonly brandMembers: number;
  readonly from: Day;
  readonly days: number;
  readonly seed: string;
}

const OF_MEMBERS = 450;
const REFUNDED = 14;
const VOIDED = 6;
const RETURNED = 3;

/** A merchant's days: the same for the same seed and first day. */
export function planTrade({ merchant, brandMembers, from, days, seed }: TradeAsked): TradeDay[] {
  const chance = chanceOf(`${seed}/${merchant.code}`);
  const waiting = membersOf(merchant, brandMembers, chance);
  const begun = Math.max(1, Math.ceil(days * 0.6));
  const joined: PlannedMember[] = [];
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(from, index);
    const share = index === 0 ? 0.4 : 0.6 / begun;
    const count =
      index >= begun ? waiting.length : Math.ceil((waiting.length + joined.length) * share);
    const joins = waiting.splice(0, count);
    joined.push(...joins);
    return { day, joins, deeds: deedsOf(merchant, day, joined, chance) };
  });
}

function membersOf(merchant: CastMerchant, brandMembers: number, chance: Chance): PlannedMember[] {
  const stores = merchant.stores.map(({ code, weight }) => [code, weight] as const);
  const people = peopleOf(chance, merchant.members + brandMembers, merchant.phonesFrom);
  return people.map((person, at) => ({
    ...person,
    club: at % 4 === 3 && at < brandMembers * 4 ? 'brand' : 'own',
    store: chance.weighed(stores),
  }));
}

function deedsOf(
  merchant: CastMerchant,
  day: Day,
  members: readonly PlannedMember[],
  chance: Chance,
): PlannedDeed[] {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const usual = (merchant.salesADay * (merchant.week[weekday] ?? 100)) / 100;
  const count = Math.round(usual * (0.85 + 0.3 * chance.next()));
  const minutes = Array.from(
    { length: count },
    () => chance.weighed(merchant.hours) * 60 + chance.whole(0, 59),
  ).toSorted((a, b) => a - b);
  const closing = ((merchant.hours.at(-1)?.[0] ?? 20) + 1) * 60;
  const deeds = minutes.flatMap((minute, at) =>
    dealt(merchant, `${day}:${at}`, { minute, closing }, members, chance),
  );
  return deeds.toSorted((a, b) => a.minute - b.minute);
}

/** A sale and, now and then, what comes of it before the shop closes. */
function dealt(
  merchant: CastMerchant,
  name: string,
  { minute, closing }: { readonly minute: number; readonly closing: number },
  members: readonly PlannedMember[],
  chance: Chance,
): PlannedDeed[] {
  const store = chance.weighed(merchant.stores.map(({ code, weight }) => [code, weight] as const));
  const key = `town:${name}`;
  const member = chance.perMille(OF_MEMBERS) && members.length > 0 ? chance.pick(members) : null;
  const lines = basketOf(merchant.goods, chance);
  const sale: PlannedDeed = { key, minute, kind: 'sale', store, lines, member };
  const after = Math.min(closing, minute + chance.whole(2, 40));
  if (chance.perMille(VOIDED))
    return [sale, { key: `${key}:void`, minute: after, kind: 'void', of: key, store }];
  if (chance.perMille(REFUNDED))
    return [sale, { key: `${key}:refund`, minute: after, kind: 'refund', of: key, store }];
  if (!chance.perMille(RETURNED)) return [sale];
  return [
    sale,
    {
      key: `${key}:return`,
      minute: after,
      kind: 'return',
      store,
      goods: chance.pick(merchant.goods),
    },
  ];
}

function basketOf(goods: readonly WantedProduct[], chance: Chance): PlannedLine[] {
  const count = chance.weighed([
    [1, 46],
    [2, 30],
    [3, 15],
    [4, 6],
    [5, 3],
  ] as const);
  // Dear things sell less often.
  const weighed = goods.map((each) => [each, 1 / Math.sqrt(each.price)] as const);
  const lines = new Map<string, number>();
  for (let line = 0; line < count; line++) {
    const { sku } = chance.weighed(weighed);
    const quantity = chance.weighed([
      [1, 78],
      [2, 17],
      [3, 5],
    ] as const);
    lines.set(sku, (lines.get(sku) ?? 0) + quantity);
  }
  return [...lines].map(([sku, quantity]) => ({ sku, quantity }));
}
