import type { Locale } from '#kernel/refusal';
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

const WORDS = {
  en: {
    merchant: 'Sandbox merchant',
    tickets: 'Tickets',
    gross: 'Gross',
    returns: 'Returns',
    net: 'Net',
    refunds: 'Refunds by receipt',
    without: 'Returns without receipt',
    equal: 'The books hold exactly this: payments and the accounts sales.cash and cash.till agree.',
    differs: 'The books hold something else:',
    offers: 'Offer                 kind       grants       granted      taken back  paid by',
    reported: 'Counted, not posted',
    adjustments: 'adjustments',
    zero: 'lines without money',
    duplicates: 'equal lines (posted, each as a line of its own)',
    members: 'Members',
    phones: 'joined by a phone number made from CustomerID: 13 and nine digits',
    ran: 'Written now / there before',
    took: 'Time and peak memory',
    points: 'points',
    yuan: 'yuan',
  },
  zh: {
    merchant: '沙箱商户',
    tickets: '小票',
    gross: '销售总额',
    returns: '退货',
    net: '净额',
    refunds: '凭小票退款',
    without: '无小票退货',
    equal: '账簿与文件完全一致: 收款记录与科目 sales.cash、cash.till 相符。',
    differs: '账簿与文件不一致:',
    offers: '优惠                  类型       笔数         发放          收回      出资方',
    reported: '只计数, 不入账',
    adjustments: '调整行',
    zero: '无金额行',
    duplicates: '重复行 (各自入账)',
    members: '会员',
    phones: '以 CustomerID 生成的手机号入会: 13 加九位数字',
    ran: '本次写入 / 此前已有',
    took: '用时与内存峰值',
    points: '分',
    yuan: '元',
  },
};

/** The result as a table for people. */
export function replayTable(replayed: Replayed, peakMemoryMb: number, locale: Locale): string {
  const words = WORDS[locale];
  const { counts, divided, ran, posted, offers } = replayed;
  const row = (name: string, value: string) => `${pad(name, 26)} ${value}`;
  const money = (fen: number) => `${yuan(fen).padStart(16)} ${words.yuan}`;
  return [
    row(words.merchant, replayed.merchant),
    row(words.tickets, String(counts.tickets).padStart(16)),
    row(words.gross, money(counts.gross)),
    row(words.returns, money(counts.returns)),
    row(words.net, money(counts.net)),
    row(words.refunds, `${money(divided.refunded)}  (${divided.refunds})`),
    row(words.without, `${money(divided.withoutReceiptAmount)}  (${divided.withoutReceipt})`),
    replayed.balanced ? words.equal : `${words.differs} ${JSON.stringify(posted)}`,
    '',
    words.offers,
    ...offers.flatMap((offer) => offerRows(offer, words)),
    '',
    row(
      words.reported,
      `${counts.lines.adjustment} ${words.adjustments}, ${counts.lines.zero} ${words.zero}; ` +
        `${counts.duplicateLines} ${words.duplicates}`,
    ),
    row(words.members, `${posted.members}, ${words.phones}`),
    row(words.ran, `${ran.recorded} / ${ran.replayed}`),
    row(words.took, `${replayed.seconds} s, ${peakMemoryMb} MB`),
  ].join('\n');
}

function offerRows(offer: OfferTold, words: (typeof WORDS)[Locale]): string[] {
  const { code, kind, grants, funders } = offer;
  const shown = (value: number) =>
    kind === 'points' ? `${value} ${words.points}` : `${yuan(value)} ${words.yuan}`;
  return funders.map(({ funder, budget, amount, reversed }, index) =>
    [
      pad(index === 0 ? code : '', 21),
      pad(index === 0 ? kind : '', 10),
      (index === 0 ? String(grants) : '').padStart(6),
      shown(amount).padStart(18),
      shown(reversed).padStart(15),
      ` ${funder}${budget === null ? '' : ` (${budget})`}`,
    ].join(' '),
  );
}

/** fen as yuan with both decimals. */
function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** To a width in columns of a terminal, where a Chinese character takes two. */
function pad(text: string, width: number): string {
  const columns = Array.from(text).reduce(
    (sum, char) => sum + (/\p{Script=Han}/u.test(char) ? 2 : 1),
    0,
  );
  return text + ' '.repeat(Math.max(0, width - columns));
}
