import type { OrgFacts } from '#merchants';
import { answer, bind, type Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import { decodeCursor, page } from '#platform/http/page';
import type { SnapshotSource } from '#platform/snapshot';
import * as contract from './contract.ts';
import { type OfferRow, reportOffers } from './report-offers.ts';
import { type ProductRow, reportProducts } from './report-products.ts';
import { reportSales } from './report-sales.ts';
import { csv, wantsCsv } from './write-csv.ts';

export interface InsightsEdges {
  readonly db: Database;
  readonly orgs: SnapshotSource<OrgFacts>;
}

export function insightsRoutes({ db, orgs }: InsightsEdges): Route[] {
  return [
    bind(contract.reportSales, async (ctx, { query: { from, to, group }, meta }) => {
      const { zone } = (await orgs.get(ctx.org)).value.org;
      const { rows, totals } = await reportSales(db, ctx, { from, to, group, zone });
      if (wantsCsv(meta.accept))
        return csv(
          `sales-${from}-${to}`,
          ['day', 'store_id', 'hour', ...Object.keys(totals)],
          rows,
        );
      return answer(200, { from, to, row_count: rows.length, group, totals, rows });
    }),
    bind(contract.reportOffers, async (ctx, { query: { from, to }, meta }) => {
      const { rows, totals } = await reportOffers(db, ctx, { from, to });
      if (wantsCsv(meta.accept))
        return csv(`offers-${from}-${to}`, OFFER_COLUMNS, rows.flatMap(offerLines));
      const shown = rows.map(({ funders, ...row }) => ({ ...row, funders: [...funders] }));
      return answer(200, { from, to, row_count: rows.length, totals, rows: shown });
    }),
    bind(contract.reportProducts, async (ctx, { query: { from, to, limit, cursor }, meta }) => {
      const { rows, totals } = await reportProducts(db, ctx, { from, to });
      if (wantsCsv(meta.accept))
        return csv(`products-${from}-${to}`, PRODUCT_COLUMNS, rows.map(productLine));
      const list = `report-products:${ctx.org}:${from}:${to}`;
      const begin = (decodeCursor(list, cursor)?.[0] as number | undefined) ?? 0;
      const shown = rows.slice(begin, begin + limit + 1);
      const paged = page(shown, limit, list, () => [begin + limit]);
      return answer(200, { from, to, row_count: rows.length, totals, ...paged });
    }),
  ];
}

const OFFER_COLUMNS =
  'offer_id owner_org code name_zh name_en kind grants party funder_org budget amount reversed'.split(
    ' ',
  );

const NOBODY = { party: '', funder_org: null, budget: null } as const;

/** One line per payer; the grants stand on an offer's first, so that the column sums up. */
function offerLines({ funders, name, grants, ...row }: OfferRow): object[] {
  const payers = funders.length > 0 ? funders : [NOBODY];
  return payers.map((funder, index) => ({
    ...row,
    name_zh: name.zh,
    name_en: name.en,
    ...funder,
    grants: index === 0 ? grants : 0,
  }));
}

const PRODUCT_COLUMNS =
  'sku name_zh name_en tickets quantity gross discount returned_quantity returns'.split(' ');

function productLine({ name, ...row }: ProductRow): object {
  return { ...row, name_zh: name?.zh ?? '', name_en: name?.en ?? '' };
}
