import type { Locale } from '#kernel/refusal';
import { amountOf, cells } from './table-cells.ts';
import type { OfferTold } from './tell-offers.ts';

const WORDS = {
  en: {
    offers: ['Offer', 'kind', 'grants', 'granted', 'taken back', ' paid by'],
    states: ['What became of it', 'pending', 'available', 'used', 'cancelled', 'expired'],
    months: ['By month of the sale', 'grants', 'granted'],
  },
  zh: {
    offers: ['优惠', '类型', '笔数', '发放', '收回', ' 出资方'],
    states: ['发放后的状态', '待到账', '可用', '已用', '已取消', '已过期'],
    months: ['按销售月份', '笔数', '发放'],
  },
};

const OFFER_WIDTHS = [21, 10, 8, 18, 17];
const STATE_WIDTHS = [32, 16, 16, 12, 12, 16];
const MONTH_WIDTHS = [32, 8, 18];

/** What every offer granted and took back, a row per payer. */
export function offerRows(offers: readonly OfferTold[], locale: Locale): string[] {
  return [
    cells(OFFER_WIDTHS, WORDS[locale].offers),
    ...offers.flatMap((offer) => {
      const payers = offer.funders.length > 0 ? offer.funders : [null];
      return payers.map((payer, at) => rowOf(offer, payer, at === 0, locale));
    }),
  ];
}

function rowOf(
  { code, kind, unit, grants, amount, reversed }: OfferTold,
  payer: OfferTold['funders'][number] | null,
  first: boolean,
  locale: Locale,
): string {
  const name = payer && `${payer.funder}${payer.budget === null ? '' : ` (${payer.budget})`}`;
  return cells(OFFER_WIDTHS, [
    first ? code : '',
    first ? kind : '',
    first ? String(grants) : '',
    amountOf(payer?.amount ?? amount, unit, locale),
    amountOf(payer?.reversed ?? reversed, unit, locale),
    ` ${name ?? '-'}`,
  ]);
}

/** What may be used, and what waits or is over; only for offers with more than what is available. */
export function stateRows(offers: readonly OfferTold[], locale: Locale): string[] {
  const rows = offers.flatMap(({ code, kind, unit, states }) => {
    if (!states || states.available === sumOf(states)) return [];
    const { pending, available, used, cancelled, expired } = states;
    const shown = [pending, available, used, cancelled, expired].map((amount) =>
      amountOf(amount, unit, locale),
    );
    return [cells(STATE_WIDTHS, [`${code} ${kind}`, ...shown])];
  });
  return rows.length === 0 ? [] : [cells(STATE_WIDTHS, WORDS[locale].states), ...rows, ''];
}

function sumOf(states: NonNullable<OfferTold['states']>): number {
  return Object.values(states).reduce((sum: number, amount: number) => sum + amount, 0);
}

export function monthRows(offers: readonly OfferTold[], locale: Locale): string[] {
  const rows = offers.flatMap(({ code, unit, per_month: months }) =>
    Object.entries(months).map(([month, { grants, amount }], at) =>
      cells(MONTH_WIDTHS, [
        `${at === 0 ? code.padEnd(24) : ' '.repeat(24)}${month}`,
        String(grants),
        amountOf(amount, unit, locale),
      ]),
    ),
  );
  return [cells(MONTH_WIDTHS, WORDS[locale].months), ...rows, ''];
}
