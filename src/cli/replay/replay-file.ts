import { basename } from 'node:path';
import { startOfDay } from '#kernel/day';
import { ratio } from '#kernel/share';
import { steadyMs } from '#platform/clock';
import type { App } from '../../app.ts';
import { buildStage, type TicketProduct, ZONE } from './build-stage.ts';
import type { TicketCounts } from './count-lines.ts';
import { readOfferSet } from './offer-set.ts';
import { type Divided, planWrites } from './plan-writes.ts';
import { readTickets, type TicketFile } from './read-tickets.ts';
import { type Ran, runReplay } from './run-replay.ts';
import { offersIn, type OfferSummed, type Posted, postedIn } from './sum-up.ts';

export interface ReplayAsked {
  readonly file: string;
  /** Default: a merchant named after the file. */
  readonly merchant?: string | undefined;
  readonly offers?: string | undefined;
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
  readonly ran: Ran;
  readonly posted: Posted;
  readonly offers: readonly OfferSummed[];
  /** Whether books and ledger hold exactly what the file says. */
  readonly balanced: boolean;
  readonly seconds: number;
}

export const WINDOW = 512;

/** Reads a file of tickets and sends them through the verbs of payments. @throws Refused */
export async function replayFile(app: App, asked: ReplayAsked): Promise<Replayed> {
  const began = steadyMs();
  const { signal = new AbortController().signal, onProgress = () => undefined } = asked;
  const offerSet = await readOfferSet(asked.offers);
  const file = await readTickets(asked.file, {
    onProgress: ({ bytes, bytesTotal }) => onProgress('read', bytes, bytesTotal),
  });
  signal.throwIfAborted();
  const { days, divided } = planWrites(file.tickets, ZONE);
  const [first, last] = [days[0]?.day ?? '2000-01-01', days.at(-1)?.day ?? '2000-01-01'];
  const code = asked.merchant ?? codeOf(asked.file);
  const stage = await buildStage(app, {
    code,
    name: { zh: `小票重放 ${code}`, en: `Replay of ${code}` },
    offers: offerSet,
    products: productsOf(file),
    begin: startOfDay(first, ZONE),
  });
  const writes = days.reduce((sum, day) => sum + day.writes.length, 0);
  const ran = await runReplay(app, stage, days, {
    window: asked.window ?? WINDOW,
    speed: asked.speed ?? Infinity,
    signal,
    onProgress: (done) => onProgress('write', done, writes),
  });
  await app.relay.settle();
  const posted = await postedIn(app.db, stage.org);
  const now = app.clocks.now(stage.org);
  const offers = await offersIn(app.db, stage.org, { from: first, to: last, now });
  const balanced = isBalanced(file.counts, posted, offers);
  const seconds = Math.round((steadyMs() - began) / 100) / 10;
  return { merchant: code, counts: file.counts, divided, ran, posted, offers, balanced, seconds };
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
 * The payments must be the file's to the fen; in the ledger, sales are what was sold less what went back
 * and less the discounts that the merchant itself gave.
 */
function isBalanced(counts: TicketCounts, posted: Posted, offers: readonly OfferSummed[]): boolean {
  const given = offers
    .filter(({ kind }) => kind === 'discount')
    .flatMap(({ funders }) => funders.filter(({ party }) => party === 'merchant'))
    .reduce((sum, { amount, reversed }) => sum + amount - reversed, 0);
  return (
    posted.tickets === counts.tickets &&
    posted.gross === counts.gross &&
    posted.returns === counts.returns &&
    posted.sales === counts.net - given &&
    posted.till === posted.paid - posted.refunded
  );
}
