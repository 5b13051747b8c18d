import type { Locale } from '#kernel/refusal';
import { budgetRows } from './print-budgets.ts';
import { memberRows } from './print-members.ts';
import { monthRows, offerRows, stateRows } from './print-offers.ts';
import type { Replayed } from './replay-file.ts';
import { amountOf, pad } from './table-cells.ts';

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
    reported: 'Counted, not posted',
    adjustments: 'adjustments',
    zero: 'lines without money',
    duplicates: 'equal lines (posted, each as a line of its own)',
    members: 'Members',
    phones: 'joined by a phone number made from CustomerID: 13 and nine digits',
    ran: 'Written now / there before',
    took: 'Time and peak memory',
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
    reported: '只计数, 不入账',
    adjustments: '调整行',
    zero: '无金额行',
    duplicates: '重复行 (各自入账)',
    members: '会员',
    phones: '以 CustomerID 生成的手机号入会: 13 加九位数字',
    ran: '本次写入 / 此前已有',
    took: '用时与内存峰值',
  },
};

/** The result as a table for people. */
export function replayTable(replayed: Replayed, peakMemoryMb: number, locale: Locale): string {
  const words = WORDS[locale];
  const { counts, divided, ran, posted, offers, budgets, members } = replayed;
  const row = (name: string, value: string) => `${pad(name, 26)} ${value}`;
  const money = (fen: number) => amountOf(fen, 'fen', locale).padStart(locale === 'zh' ? 18 : 21);
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
    ...offerRows(offers, locale),
    '',
    ...stateRows(offers, locale),
    ...monthRows(offers, locale),
    ...budgetRows(budgets, locale),
    ...memberRows(members ?? [], locale),
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
