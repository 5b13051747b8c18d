import type { Replayed } from './replay-file.ts';
import type { FunderTold, OfferTold } from './tell-offers.ts';

/** The result as one JSON object; money is fen. */
export function replayJson(replayed: Replayed, peakMemoryMb: number): string {
  const { counts, divided, ran, posted, offers } = replayed;
  const { lines } = counts;
  return JSON.stringify({
    merchant: replayed.merchant,
    tickets: counts.tickets,
    gross: counts.gross,
    returns: counts.returns,
    net: counts.net,
    posted_equal: replayed.balanced,
    posted,
    points: sumOf(offers, 'points', 'amount'),
    points_reversed: sumOf(offers, 'points', 'reversed'),
    cashback: sumOf(offers, 'cashback', 'amount'),
    cashback_reversed: sumOf(offers, 'cashback', 'reversed'),
    offers: offers.map((offer) => ({ ...offer, taken_back: offer.reversed })),
    funders: fundersOf(offers),
    budgets: replayed.budgets,
    reported: {
      adjustments: lines.adjustment,
      zero_lines: lines.zero,
      duplicates: counts.duplicateLines,
      lines: lines.total,
      sale_lines: lines.sale,
      return_lines: lines.return,
      invoices: counts.invoices,
      return_invoices: counts.returnInvoices,
      customers: counts.customers,
      anonymous_tickets: counts.anonymousTickets,
      anonymous_returns: counts.anonymousReturns,
      anonymous_lines: counts.anonymousLines,
      blank_descriptions: counts.blankDescriptions,
      invoices_with_two_times: counts.invoicesWithTwoTimes,
      customers_with_two_countries: counts.customersWithTwoCountries,
      codes_differing_in_case: counts.skusDifferingInCase,
      prices_below_one_fen: counts.linesBelowOneFen,
    },
    refunds: {
      matched: divided.refunds,
      matched_amount: divided.refunded,
      without_receipt: divided.withoutReceipt,
      without_receipt_amount: divided.withoutReceiptAmount,
    },
    members: posted.members,
    ...(replayed.members && { member_list: replayed.members }),
    recorded: ran.recorded,
    already_there: ran.replayed,
    seconds: replayed.seconds,
    peak_memory_mb: peakMemoryMb,
  });
}

export interface FunderTotal {
  readonly kind: OfferTold['kind'];
  readonly party: FunderTold['party'];
  readonly funder: string;
  readonly budget: string | null;
  readonly amount: number;
  readonly reversed: number;
}

/** What each payer gave over all offers, by kind. */
export function fundersOf(offers: readonly OfferTold[]): FunderTotal[] {
  const parts = offers.flatMap(({ kind, funders }) =>
    funders.map((funder): FunderTotal => ({ kind, ...funder })),
  );
  const groups = Map.groupBy(parts, ({ kind, funder, budget }) => `${kind}/${funder}/${budget}`);
  return [...groups.values()].map((group) => ({
    ...(group[0] as FunderTotal),
    amount: group.reduce((sum, { amount }) => sum + amount, 0),
    reversed: group.reduce((sum, { reversed }) => sum + reversed, 0),
  }));
}

function sumOf(
  offers: readonly OfferTold[],
  kind: OfferTold['kind'],
  name: 'amount' | 'reversed',
): number {
  return offers.reduce((sum, offer) => sum + (offer.kind === kind ? offer[name] : 0), 0);
}
