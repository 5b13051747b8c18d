import { createOrg, createStore, type Org, orgByCode } from '#merchants';
import { createProgramme, enrolStore, listProgrammes } from '#members';
import { createOffer, listOffers, parseDefinition, publishOffer } from '#offers';
import { budgetByCode, openBudget } from '#partners';
import { fundBudget } from '#ledger';
import { putProducts } from '#catalog';
import { dayOf } from '#kernel/day';
import { fen } from '#kernel/money';
import { must, Refused, type Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { setClock } from '#platform/org-clock';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { type OfferSetFile, withBudgets } from './offer-set.ts';
import { notForReplay, otherOffers } from './refusals.ts';

export const ZONE = 'Europe/London';
const STORE = 'main';
const PROGRAMME = 'club';

/** A product as the tickets know it: named and priced where it first appears. Price in fen. */
export interface TicketProduct {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
}

export interface StageAsked {
  /** The merchant's code; made if it is not there. */
  readonly code: string;
  readonly name: Text;
  readonly offers: OfferSetFile;
  readonly products: readonly TicketProduct[];
  /** When the first ticket's day begins. */
  readonly begin: Date;
}

/** Where the tickets are taken: a sandbox merchant of the file's own. */
export interface Stage {
  readonly org: number;
  readonly code: string;
  readonly storeId: string;
  readonly programmeId: string;
}

/** Makes what the tickets need, as far as it is not there from an earlier run. @throws Refused */
export async function buildStage(app: App, asked: StageAsked): Promise<Stage> {
  const merchant = await orgFor(app, asked, 'merchant', asked.code);
  const org = merchant.id;
  const ctx = systemCtx(org, 'replay', asked.begin);
  const storeId = await storeFor(app, ctx, merchant);
  const programmeId = await programmeFor(app, ctx, storeId);
  await putAll(app, ctx, asked.products);
  for (const offer of offers) {
    const definition = withBudgets(offer, funder, ids);
    const found = before.find(({ code }) => code === offer.code);
    if (found?.published) {
      const parsed = parseDefinition(definition);
      const same = 'definition' in parsed && isSame(parsed.definition, found.published);
      if (!same) throw new Refused(otherOffers(asked.code));
      continue;
    }
    const { id } = found ?? (await createOffer(app.offers, ctx, definition));
    await publishOffer(app.offers, ctx, id);
  }
  app.till.offers.forget(ctx.org);
}

/** A brand's code beside the merchant's. */
export function funderCode(merchant: string): string {
  return `${merchant.slice(0, 33)}-brand`;
}

async function budgetFor(
  app: App,
  { org: borrower, now }: Ctx,
  funder: number,
  wanted: OfferSetFile['budgets'][number],
): Promise<string> {
  const ctx = systemCtx(funder, 'replay', now);
  const { code, name, total, chunk } = wanted;
  const { id } =
    (await budgetByCode(app.db, funder, code)) ??
    (await openBudget(app.db, ctx, {
      code,
      name,
      total: fen(total),
      borrowers: [borrower],
      ...(chunk !== undefined && { chunk: fen(chunk) }),
    }));
  await fundBudget(app.recorder, {
    key: `fund:${id}`,
    actor: 'system:replay',
    occurredAt: now,
    valueDate: dayOf(now, ZONE),
    source: id,
    org: funder,
    budget: id,
    amount: total,
  });
  return id;
}

/** Compares as stored: the order of keys says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
