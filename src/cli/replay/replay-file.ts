import { basename } from 'node:path';
import { dayOf, startOfDay } from '#kernel/day';
import { ratio } from '#kernel/share';
import { steadyMs } from '#platform/clock';
import type { App } from '../../app.ts';
import type { BenefitKind } from '#offers';
import { buildStage } from './build-stage.ts';
import type { TicketCounts } from './count-lines.ts';
import type { OfferSetFile } from './offer-set.ts';
import { type Divided, planWrites } from './plan-writes.ts';
import { DEFAULT_OFFERS, readOfferSet } from './read-offer-set.ts';
import { readTickets, type TicketFile } from './read-tickets.ts';
import { type Ran, runReplay } from './run-replay.ts';
import { type TicketProduct, ZONE } from './stage.ts';
import { type Posted, postedIn } from './sum-up.ts';
import { type BudgetTold, tellBudgets } from './tell-budgets.ts';
import { type MemberTold, tellMembers } from './tell-members.ts';
import { type OfferAsked, type OfferTold, tellOffers } from './tell-offers.ts';

export interface ReplayAsked {
  readonly file: string;
  /** Default: a merchant named after the file. */
  readonly merchant?: string | undefined;
  readonly offers?: string | undefined;
  /** Tells what every member has in the end. */
  readonly members?: boolean | undefined;
  /** How many days the clock runs on after the day behind the last ticket; 0 unless said. */
  readonly settleDays?: number | undefined;
  readonly window?: number | undefined;
  /** Tickets a second; default: as fast as it goes. */
  readonly speed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: 'read' | 'write', done: number, of: number) => void) | undefined;
}

/** What a replay found and what stands in the books after it. */
export interface Replayed {
  readonly merchant: string;
  readonly counts: TicketCounts;
  readonly divided: Divided;
  readonly ran: Pick<Ran, 'recorded' | 'replayed'>;
  readonly posted: Posted;
  readonly offers: readonly OfferTold[];
  readonly budgets: readonly BudgetTold[];
  /** Null unless asked for. */
  readonly members: readonly MemberTold[] | null;
  /** Whether books and ledger hold exactly what the file says. */
  readonly balanced: boolean;
  readonly seconds: number;
}

export const WINDOW = 512;

/** Reads a file of tickets and sends them through the verbs of payments. @throws Refused */
export async function replayFile(app: App, asked: ReplayAsked): Promise<Replayed> {
  const began = steadyMs();
  const { signal = new AbortController().signal, onProgress = () => undefined } = asked;
  const offersPath = asked.offers ?? DEFAULT_OFFERS;
  const offerSet = await readOfferSet(offersPath);
  const file = await readTickets(asked.file, {
    onProgress: ({ bytes, bytesTotal }) => onProgress('read', bytes, bytesTotal),
  });
  signal.throwIfAborted();
  const { days, divided } = planWrites(file.tickets, ZONE);
  const code = asked.merchant ?? codeOf(asked.file);
  const stage = await buildStage(app, {
    code,
    name: { zh: `小票重放 ${code}`, en: `Replay of ${code}` },
    offers: offerSet,
    offersPath,
    products: productsOf(file),
    begin: startOfDay(days[0]?.day ?? '2000-01-01', ZONE),
  });
  const writes = days.reduce((sum, day) => sum + day.writes.length, 0);
  const ran = await runReplay(app, stage, days, {
    window: asked.window ?? WINDOW,
    speed: asked.speed ?? Infinity,
    signal,
    settleDays: asked.settleDays ?? 0,
    onProgress: (done) => onProgress('write', done, writes),
  });
  await app.relay.settle();
  const posted = await postedIn(app.db, stage.org);
  const today = dayOf(app.clocks.now(stage.org), ZONE);
  const offers = await tellOffers(app.db, stage, offerSet.offers.map(askedOf), today);
  const budgets = await tellBudgets(app, stage, days, ran);
  const members = asked.members ? await tellMembers(app, stage, ran, today) : null;
  const balanced = isBalanced(file.counts, posted, offers);
  const seconds = Math.round((steadyMs() - began) / 100) / 10;
  const { counts } = file;
  const { recorded, replayed } = ran;
  const told = { posted, offers, budgets, members, balanced, seconds };
  return { merchant: code, counts, divided, ran: { recorded, replayed }, ...told };
}

/** Its benefits were checked when it was read. */
function askedOf({ code, ...offer }: OfferSetFile['offers'][number]): OfferAsked {
  const benefits = offer['benefits'] as readonly { readonly kind: BenefitKind }[];
  return { code, kinds: benefits.map(({ kind }) => kind) };
}

/** "uci-online-retail.csv.gz" -> "replay-uci-online-retail". */
export function codeOf(file: string): string {
  const name = basename(file)
    .toLowerCase()
    .replace(/\.(?:csv|gz|csv\.gz)$/, '')
    .replace(/\.csv$/, '');
  const slug = name
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 26)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'replay-tickets' : `replay-${slug}`;
}

const PRICE_PART = 1000;

/** In the order of the tickets, each at the first price seen. */
function productsOf({ tickets, products }: TicketFile): TicketProduct[] {
  const found = new Map<string, TicketProduct>();
  for (const { lines } of tickets) {
    for (const { sku, unitPrice } of lines) {
      if (found.has(sku)) continue;
      const thousandths = Math.round(Number(unitPrice) * PRICE_PART);
      const price = ratio(Math.max(thousandths, 0), 1, PRICE_PART / 100);
      found.set(sku, { sku, name: products.get(sku) ?? sku, price });
    }
  }
  return [...found.values()];
}

/**
 * The payments must be the file's to the fen; in the ledger, sales are what was paid and stayed paid, and the
 * discounts that funders gave.
 */
function isBalanced(counts: TicketCounts, posted: Posted, offers: readonly OfferTold[]): boolean {
  const discounts = offers.filter(({ kind }) => kind === 'discount');
  const given = discounts.reduce((sum, { amount }) => sum + amount, 0);
  const funded = discounts
    .flatMap(({ funders }) => funders.filter(({ party }) => party === 'funder'))
    .reduce((sum, { amount, reversed }) => sum + amount - reversed, 0);
  return (
    posted.tickets === counts.tickets &&
    posted.gross === counts.gross &&
    posted.returns === counts.returns &&
    posted.discount === given &&
    posted.paid === posted.gross - posted.discount &&
    posted.till === posted.paid - posted.refunded &&
    posted.sales === posted.till + funded
  );
}
