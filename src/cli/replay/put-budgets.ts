import { dayOf } from '#kernel/day';
import { fen } from '#kernel/money';
import { must, type Text } from '#kernel/refusal';
import { fundBudget } from '#ledger';
import type { Org } from '#merchants';
import { budgetByCode, openBudget } from '#partners';
import type { Ctx } from '#platform/context';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { BRAND, type OfferSetFile } from './offer-set.ts';
import { otherOffers } from './refusals.ts';
import { type StageAsked, type StagedBudget, ZONE } from './stage.ts';

type MakeOrg = (wanted: {
  readonly code: string;
  readonly name: Text;
  readonly kind: 'brand' | 'issuer';
}) => Promise<Org>;

/** An org for every funder of the file, and the brand that pays budgets without a funder; by code. */
export async function fundersFor(
  { code: merchant, name, offers: { funders, budgets } }: StageAsked,
  make: MakeOrg,
): Promise<ReadonlyMap<string, number>> {
  const orgs = new Map<string, number>();
  for (const { code, name: called, kind } of funders)
    orgs.set(code, (await make({ code: orgCode(merchant, code), name: called, kind })).id);
  if (orgs.has(BRAND) || budgets.every(({ funder }) => funder !== undefined)) return orgs;
  const brand = await make({ code: orgCode(merchant, BRAND), name, kind: 'brand' });
  return orgs.set(BRAND, brand.id);
}

const ORG_CODE_MAX = 39;

/** A funder's code beside the merchant's. */
function orgCode(merchant: string, funder: string): string {
  return `${merchant.slice(0, ORG_CODE_MAX - 1 - funder.length)}-${funder}`;
}

/** Opens the budgets that are not there yet, each paid in whole and lent to the merchant alone. */
export async function putBudgets(
  app: App,
  ctx: Ctx,
  { code: merchant, offers }: StageAsked,
  funders: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, StagedBudget>> {
  const budgets = new Map<string, StagedBudget>();
  const most = largestAmount(offers.offers);
  for (const budget of offers.budgets) {
    const funderOrg = funders.get(budget.funder ?? BRAND) as number;
    const { code, total } = budget;
    const found = await budgetByCode(app.db, funderOrg, code);
    must(!found || found.total === total, () => otherOffers(merchant));
    const id = found?.id ?? (await open(app, ctx, funderOrg, budget));
    await pay(app, ctx.now, { id, funderOrg, total });
    budgets.set(code, { code, id, funderOrg, total, most });
  }
  return budgets;
}

/** The largest number that stands under "amount", at any depth. */
function largestAmount(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce(
    (most, [key, inner]) =>
      Math.max(most, key === 'amount' && typeof inner === 'number' ? inner : largestAmount(inner)),
    0,
  );
}

async function open(
  app: App,
  { org: borrower, now }: Ctx,
  funder: number,
  { code, name, total, chunk }: OfferSetFile['budgets'][number],
): Promise<string> {
  const { id } = await openBudget(app.db, systemCtx(funder, 'replay', now), {
    code,
    name,
    total: fen(total),
    borrowers: [borrower],
    ...(chunk !== undefined && { chunk: fen(chunk) }),
  });
  return id;
}

async function pay(
  { recorder }: App,
  now: Date,
  { id, funderOrg: org, total }: Pick<StagedBudget, 'id' | 'funderOrg' | 'total'>,
): Promise<void> {
  await fundBudget(recorder, {
    key: `fund:${id}`,
    actor: 'system:replay',
    occurredAt: now,
    valueDate: dayOf(now, ZONE),
    source: id,
    org,
    budget: id,
    amount: total,
    total,
  });
}
