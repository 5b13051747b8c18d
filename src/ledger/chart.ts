/** Assets: 1 is money in fen, 2 is points of the programme named in the account's owner. */
export const CNY = 1;
export const PTS = 2;
export type Asset = typeof CNY | typeof PTS;

interface ChartLine {
  readonly name: string;
  readonly asset: Asset;
  /** 1: grows by debits, -1: grows by credits. */
  readonly side: 1 | -1;
  /** Checked accounts keep a balance that is locked and refused under its floor; the others are tallied. */
  readonly checked: boolean;
  /** The lowest posted - held in the account's own direction; null lets it go below zero. */
  readonly floor: 0 | null;
  /** The balance stands in lots that are used first-expiring first. */
  readonly lots?: true;
}

const debit = (name: string, asset: Asset): ChartLine => ({
  name,
  asset,
  side: 1,
  checked: false,
  floor: null,
});
const credit = (name: string, asset: Asset): ChartLine => ({
  name,
  asset,
  side: -1,
  checked: false,
  floor: null,
});
const guarded = (name: string, asset: Asset): ChartLine => ({
  name,
  asset,
  side: -1,
  checked: true,
  floor: 0,
});

/**
 * The chart of accounts, the same in every book. The owner that completes an account stands in braces:
 * a store, a member, a budget, a programme or the peer org. Source: docs/decisions/0007-whose-money.md.
 */
export const CHART = {
  '1010': debit('bank', CNY),
  '1110': debit('clearing.acquirer:{store}', CNY),
  '1120': debit('clearing.wechat:{store}', CNY),
  '1130': debit('clearing.alipay:{store}', CNY),
  '1140': debit('clearing.unionpayqr:{store}', CNY),
  '1145': debit('clearing.ecny:{store}', CNY),
  '1150': debit('cash.till:{store}', CNY),
  '1220': debit('receivable.merchant', CNY),
  '1230': { ...debit('receivable.member:{member}', CNY), checked: true },
  '1231': { ...debit('debt.points:{member}', PTS), checked: true },
  '1430': debit('points.issued:{programme}', PTS),
  '1910': debit('due.from:{org}', CNY),
  '1911': debit('points.due.from:{org}', PTS),
  '2020': guarded('rebate.merchant.pending', CNY),
  '2021': guarded('rebate.merchant', CNY),
  '2030': guarded('cashback.member.pending:{member}', CNY),
  '2031': guarded('cashback.member:{member}', CNY),
  '2210': { ...guarded('points.member:{member}', PTS), lots: true },
  '2211': credit('points.provision:{programme}', CNY),
  '2212': guarded('points.member.pending:{member}', PTS),
  '2600': guarded('budget:{budget}', CNY),
  '2610': guarded('budget.lease:{budget}', CNY),
  '2910': credit('due.to:{org}', CNY),
  '2911': credit('points.due.to:{org}', PTS),
  '3010': credit('sales.cash:{store}', CNY),
  '4040': credit('breakage:{programme}', CNY),
  '5030': debit('cost.cashback:{store}', CNY),
  '5040': debit('cost.points:{programme}', CNY),
} as const satisfies Record<string, ChartLine>;

export type AccountCode = keyof typeof CHART;

export function chartLine(code: AccountCode): ChartLine {
  return CHART[code];
}
