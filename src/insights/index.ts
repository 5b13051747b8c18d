export { insightsRefusals } from './refusals.ts';
export { reportOffers } from './report-offers.ts';
export type { FunderSums, KindTotals, OfferRow } from './report-offers.ts';
export { reportProducts } from './report-products.ts';
export type { ProductRow, ProductSums } from './report-products.ts';
export { reportSales } from './report-sales.ts';
export type { SalesGroup, SalesRow, SalesSums } from './report-sales.ts';
export { insightsRoutes } from './routes.ts';
export type { InsightsEdges } from './routes.ts';
