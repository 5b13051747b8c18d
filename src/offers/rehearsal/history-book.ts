import { type Day, dayNumber, dayNumbered } from '#kernel/day';
import type { History, HistoryAsked, LineFacts } from '../engine/facts.ts';

/** Which purchases of whom are kept: those of chosen goods, or all. */
export interface Track {
  readonly whose: 'member' | 'card';
  readonly target: HistoryAsked['target'];
  /** How many days back it may be asked for; null for ever. */
  readonly days: number | null;
}

/**
 * What buyers bought, as a rehearsal makes it; plain data. A buyer's list holds day, fen and sales of
 * each day with a purchase, oldest first.
 */
export interface HistoryBook {
  readonly tracks: readonly {
    readonly track: Track;
    readonly name: string;
    readonly buyers: Map<string, number[]>;
  }[];
}

const WIDTH = 3;

/** A line that counts, with the net fen left of it. */
export type PaidLine = Pick<LineFacts, 'sku' | 'category' | 'brand'> & { readonly net: number };

/** A sale as it counts: fen paid and not given back, and its lines that are not wholly back. */
export interface Counting {
  readonly paid: number;
  readonly lines: readonly PaidLine[];
}

export function newHistoryBook(tracks: readonly Track[]): HistoryBook {
  const wanted = new Map<string, Track>();
  for (const track of tracks) {
    const name = nameOf(track);
    const before = wanted.get(name);
    wanted.set(name, { ...track, days: before ? longer(before.days, track.days) : track.days });
  }
  return {
    tracks: [...wanted].map(([name, track]) => ({ track, name, buyers: new Map() })),
  };
}

function longer(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}

function nameOf({ whose, target }: Pick<Track, 'whose' | 'target'>): string {
  return `${whose}:${target === null ? '' : JSON.stringify([target.skus, target.categories, target.brands])}`;
}

/** Who bought: the member, and the cards it was paid with. */
export interface Subjects {
  readonly member: string | null;
  readonly cards: readonly string[];
}

/**
 * Notes what a sale counts for from now on.
 * @param before as it counted so far; null: it counted for nothing
 * @param after null: it is wholly paid back
 */
export function note(
  { tracks }: HistoryBook,
  { member, cards }: Subjects,
  day: Day,
  before: Counting | null,
  after: Counting | null,
): void {
  for (const { track, buyers } of tracks) {
    const subjects = track.whose === 'card' ? cards : member === null ? [] : [member];
    if (subjects.length === 0) continue;
    const was = countedOf(before, track);
    const is = countedOf(after, track);
    const [amount, sales] = [is.amount - was.amount, is.sales - was.sales];
    if (amount === 0 && sales === 0) continue;
    for (const subject of subjects) add(buyers, subject, dayNumber(day), amount, sales, track.days);
  }
}

function countedOf(sale: Counting | null, track: Track) {
  if (sale === null) return { amount: 0, sales: 0 };
  if (track.target === null) return { amount: sale.paid, sales: 1 };
  const counted = sale.lines.filter((line) => chosen(track, line));
  let amount = 0;
  for (const { net } of counted) amount += net;
  return { amount, sales: counted.length > 0 ? 1 : 0 };
}

function chosen({ target }: Track, { sku, category, brand }: PaidLine): boolean {
  return (
    target !== null &&
    (target.skus.includes(sku) ||
      (category !== null && target.categories.includes(category)) ||
      (brand !== null && target.brands.includes(brand)))
  );
}

function add(
  buyers: Map<string, number[]>,
  subject: string,
  day: number,
  amount: number,
  sales: number,
  days: number | null,
): void {
  let list = buyers.get(subject);
  if (list === undefined) buyers.set(subject, (list = []));
  let at = list.length - WIDTH;
  while (at >= 0 && list[at]! > day) at -= WIDTH;
  if (at >= 0 && list[at] === day) {
    list[at + 1]! += amount;
    list[at + 2]! += sales;
  } else if (sales > 0) list.splice(at + WIDTH, 0, day, amount, sales);
  if (days !== null && list.length > WIDTH && list[0]! <= day - days) prune(list, day - days);
}

function prune(list: number[], last: number): void {
  let gone = 0;
  while (gone < list.length - WIDTH && list[gone]! <= last) gone += WIDTH;
  list.splice(0, gone);
}

/** What a buyer had bought in a window. */
export function historyIn({ tracks }: HistoryBook, asked: HistoryAsked): History {
  const name = nameOf(asked);
  const list = tracks.find((each) => each.name === name)?.buyers.get(asked.subject) ?? [];
  const from = asked.from === null ? -Infinity : dayNumber(asked.from);
  const to = dayNumber(asked.to);
  let [amount, count, visits] = [0, 0, 0];
  let last: Day | null = null;
  for (let at = list.length - WIDTH; at >= 0 && list[at]! >= from; at -= WIDTH) {
    if (list[at]! > to) continue;
    const sales = list[at + 2]!;
    if (sales === 0) continue;
    amount += list[at + 1]!;
    count += sales;
    visits++;
    last ??= dayNumbered(list[at]!);
  }
  return { amount, count, visits, last };
}
