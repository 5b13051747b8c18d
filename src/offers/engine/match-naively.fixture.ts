import { Temporal } from 'temporal-polyfill';
import type { Condition, Definition, Leaf, Target } from '../rule/definition.ts';
import type { Facts, History, HistoryAsked, LineFacts, TenderFacts } from './facts.ts';
import { firstDay } from './naive-times.fixture.ts';

/** Reads what was bought before. */
export type ReadPast = (asked: Omit<HistoryAsked, 'key'>) => History;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const between = (value: number, min = 0, max = Infinity) => value >= min && value <= max;

export function inTarget(
  { sku, category, brand }: LineFacts,
  of: { readonly [Of in keyof Target]: readonly string[] | undefined },
): boolean {
  return (
    (of.skus ?? []).includes(sku) ||
    (of.categories ?? []).includes(String(category)) ||
    (of.brands ?? []).includes(String(brand))
  );
}

function inHours(minute: number, list: readonly { from: string; to: string }[]): boolean {
  const two = (value: number) => String(value).padStart(2, '0');
  const now = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return list.some(({ from, to }) => from <= now && now < to);
}

/**
 * Where a member stands for a salt, by arithmetic on whole numbers: FNV-1a over the bytes, low before
 * high, of salt, a zero and member; then MurmurHash3's last steps; then scaled to a million.
 */
function placeOf(salt: string, member: string): number {
  const bits = 0xffff_ffffn;
  const bytes = (text: string) =>
    Array.from(
      { length: text.length * 2 },
      (_, at) => (text.charCodeAt(at >> 1) >> (8 * (at & 1))) & 255,
    );
  let hash = 0x811c9dc5n;
  for (const byte of [...bytes(salt), 0, ...bytes(member)])
    hash = ((hash ^ BigInt(byte)) * 0x01000193n) & bits;
  hash ^= hash >> 16n;
  hash = (hash * 0x85ebca6bn) & bits;
  hash ^= hash >> 13n;
  hash = (hash * 0xc2b2ae35n) & bits;
  hash ^= hash >> 16n;
  return Number((hash * 1_000_000n) >> 32n);
}

function daysSince(from: string, day: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(day)).total('days');
}

/**
 * Whether every condition of a rule as written holds, read word by word.
 * @param nets fen still to pay per line; the gross unless said
 */
export function matchesNaively(
  written: Definition,
  sale: Facts,
  read: ReadPast,
  nets: readonly number[] = sale.lines.map(({ amount }) => amount),
): boolean {
  const { schedule, scope, audience, benefits, limits } = written;
  const { member, day } = sale;
  const targets = benefits.map((benefit) => benefit.target);
  const forMembers =
    audience.members_only === true ||
    limits.each.some(({ per }) => per === 'member') ||
    benefits.some(
      (benefit) =>
        ['points', 'growth', 'coupon'].includes(benefit.kind) ||
        (benefit.kind === 'cashback' && benefit.to !== 'merchant'),
    );
  const { hold_out: held } = audience;
  return [
    schedule.from <= day && (schedule.to === undefined || day <= schedule.to),
    !schedule.weekdays || schedule.weekdays.includes(sale.weekday),
    !schedule.hours || inHours(sale.minute, schedule.hours),
    !schedule.day_kinds || schedule.day_kinds.includes(sale.dayKind),
    (schedule.blackout ?? []).every(({ from, to }) => day < from || day > to),
    !scope.stores || scope.stores.includes(sale.store),
    !scope.terminals || scope.terminals.includes(String(sale.terminal)),
    !scope.channels || scope.channels.includes(sale.channel),
    !forMembers || member !== null,
    !audience.tiers || audience.tiers.includes(String(member?.tier)),
    !audience.labels || audience.labels.some((label) => member?.labels.includes(label)),
    !held || !member || placeOf(held.salt, member.id) >= held.share,
    targets.includes(undefined) ||
      sale.lines.some((line) => targets.some((target) => inTarget(line, target!))),
    !written.conditions || holdsNaively(written.conditions, sale, read, nets),
  ].every(Boolean);
}

/** Whether a condition holds when so much is still to pay of every line. */
export function holdsNaively(
  condition: Condition,
  sale: Facts,
  read: ReadPast,
  nets: readonly number[],
): boolean {
  if (!('of' in condition)) {
    if (!ofTenders(condition)) return leafHolds(condition, sale, read, nets);
    const held = sale.tenders.map(tenderTest(condition));
    const any = condition.match === 'any';
    return held.length > 0 && (any ? held.includes(true) : !held.includes(false));
  }
  const held = condition.of.map((each) => holdsNaively(each, sale, read, nets));
  if (condition.type === 'all') return held.every(Boolean);
  return condition.type === 'any' ? held.some(Boolean) : !held.some(Boolean);
}

function ofTenders(leaf: Leaf): leaf is TenderLeaf {
  return ['tender', 'issuer', 'bin', 'card_kind', 'scheme', 'wallet'].includes(leaf.type);
}

type TenderLeaf = Extract<Leaf, { match?: 'all' | 'any' | undefined }>;

function tenderTest(leaf: TenderLeaf): (tender: TenderFacts) => boolean {
  switch (leaf.type) {
    case 'tender':
      return ({ method }) => leaf.methods.includes(method);
    case 'issuer':
      return ({ card }) => leaf.issuers.includes(card?.issuer ?? 'none');
    case 'card_kind':
      return ({ card }) => leaf.kinds.some((kind) => kind === card?.kind);
    case 'scheme':
      return ({ card }) => leaf.schemes.some((scheme) => scheme === card?.scheme);
    case 'wallet':
      return ({ wallet }) => leaf.wallets.some((each) => each === wallet);
    case 'bin':
      return ({ card }) => {
        const { bin = '' } = card ?? {};
        const ranges = leaf.ranges ?? [];
        return (
          (leaf.prefixes ?? []).some((prefix) => bin.startsWith(prefix)) ||
          ranges.some(({ from, to }) => {
            const head = bin.slice(0, from.length);
            return (
              head.length === from.length &&
              Number(head) >= Number(from) &&
              Number(head) <= Number(to)
            );
          })
        );
      };
  }
}

function leafHolds(
  leaf: Exclude<Leaf, TenderLeaf>,
  sale: Facts,
  read: ReadPast,
  nets: readonly number[],
): boolean {
  const { member, day, lines } = sale;
  switch (leaf.type) {
    case 'basket_amount':
      return between(
        sum(leaf.basis === 'net' ? nets : lines.map(({ amount }) => amount)),
        leaf.min,
        leaf.max,
      );
    case 'basket_quantity':
      return between(sum(lines.map(({ quantity }) => quantity)), leaf.min, leaf.max);
    case 'contains': {
      const inside = lines.filter((line) => inTarget(line, leaf));
      return (
        inside.length > 0 &&
        sum(inside.map(({ quantity }) => quantity)) >= (leaf.quantity ?? 1) &&
        sum(inside.map(({ amount }) => amount)) >= (leaf.amount ?? 0)
      );
    }
    case 'unit_price': {
      const inside = lines.filter((line) => !leaf.target || inTarget(line, leaf.target));
      const prices = inside.map(({ amount, quantity }) => amount / quantity);
      const price = leaf.which === 'cheapest' ? Math.min(...prices) : Math.max(...prices);
      return prices.length > 0 && between(price, leaf.min, leaf.max);
    }
    case 'terminal_kind':
      return leaf.kinds.some((kind) => kind === sale.terminalKind);
    case 'mcc':
      return leaf.codes.includes(String(sale.mcc));
    case 'tier':
      return leaf.tiers.includes(String(member?.tier));
    case 'label':
      return leaf.labels.some((label) => member?.labels.includes(label));
    case 'member_for':
      return (
        member !== null && between(daysSince(member.joined, day), leaf.min_days, leaf.max_days)
      );
    case 'birthday':
      return Boolean(member?.birthday) && birthdayNear(leaf.within, member!.birthday!, day);
    case 'code':
      return leaf.codes.some((code) => sale.codes.includes(code.toUpperCase()));
    case 'coupon':
      return sale.coupons.some(({ template }) => leaf.templates.includes(template));
    case 'weekday':
      return leaf.weekdays.includes(sale.weekday);
    case 'hours':
      return inHours(sale.minute, leaf.hours);
    case 'day_kind':
      return leaf.kinds.includes(sale.dayKind);
    case 'days_of_month':
      return leaf.days.includes(Temporal.PlainDate.from(day).day);
    case 'nth_purchase':
    case 'days_since_last':
    case 'history':
      return pastHolds(leaf, sale, read, nets);
  }
}

type Within = Extract<Leaf, { type: 'birthday' }>['within'];

function birthdayNear(within: Within, birthday: string, day: string): boolean {
  if (within.type === 'month') return day.slice(5, 7) === birthday.slice(0, 2);
  const today = Temporal.PlainDate.from(day);
  const near = [];
  for (let away = -within.after; away <= within.before; away++)
    near.push(today.add({ days: away }));
  return near.some((date) => {
    const leapling = birthday === '02-29' && !date.inLeapYear ? '02-28' : birthday;
    return date.toString().slice(5) === leapling;
  });
}

type PastLeaf = Extract<Leaf, { type: 'nth_purchase' | 'days_since_last' | 'history' }>;

function pastHolds(leaf: PastLeaf, sale: Facts, read: ReadPast, nets: readonly number[]): boolean {
  const { member, day, lines } = sale;
  const whose = leaf.type === 'history' ? (leaf.whose ?? 'member') : 'member';
  const card = sale.tenders.find((tender) => tender.card)?.card;
  const subject = whose === 'card' ? card?.token : member?.id;
  if (subject === undefined) return false;
  const counts = leaf.type === 'history' ? leaf : { window: { type: 'total' as const } };
  const { skus = [], categories = [], brands = [] } = ('target' in counts && counts.target) || {};
  const target =
    'target' in counts && counts.target
      ? { skus: skus.toSorted(), categories: categories.toSorted(), brands: brands.toSorted() }
      : null;
  const past = read({ whose, subject, from: firstDay(day, counts.window), to: day, target });
  if (leaf.type === 'nth_purchase') {
    const nth = past.count + 1;
    return Boolean(leaf.numbers?.includes(nth)) || nth % (leaf.every ?? Infinity) === 0;
  }
  if (leaf.type === 'days_since_last')
    return past.last !== null && between(daysSince(past.last, day), leaf.min, leaf.max);
  const own = lines.filter((line) => target === null || inTarget(line, target));
  const counted = target === null || own.length > 0;
  const added = {
    amount: sum(nets.filter((_, at) => own.includes(lines[at]!))),
    count: counted ? 1 : 0,
    visits: counted && past.last !== day ? 1 : 0,
  }[leaf.measure];
  const before = past[leaf.measure];
  const reaches = (every: number) => {
    for (let value = before + 1; value <= before + added; value++)
      if (value % every === 0) return true;
    return false;
  };
  return (
    between(before + added, leaf.min, leaf.max) && (leaf.every === undefined || reaches(leaf.every))
  );
}
