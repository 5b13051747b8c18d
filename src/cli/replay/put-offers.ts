import { createTemplate, listTemplates } from '#coupons';
import { must, Refused } from '#kernel/refusal';
import { createOffer, listOffers, parseDefinition, publishOffer } from '#offers';
import type { Ctx } from '#platform/context';
import type { App } from '../../app.ts';
import { type Books, inBooks } from './in-books.ts';
import type { OfferSetFile } from './offer-set.ts';
import { offersFileBroken, otherOffers } from './refusals.ts';
import type { StageAsked } from './stage.ts';

/** Publishes the set once; a merchant that was replayed with other offers keeps them and is refused. */
export async function putOffers(
  app: App,
  ctx: Ctx,
  { code: merchant, offersPath: path, offers: { templates, offers } }: StageAsked,
  books: Books,
): Promise<void> {
  const before = await listOffers(app.db, ctx, { limit: 500 });
  const wanted = new Set(offers.map(({ code }) => code));
  must(
    before.every(({ code }) => wanted.has(code)),
    () => otherOffers(merchant),
  );
  await putTemplates(app, ctx, merchant, templates);
  for (const [at, offer] of offers.entries()) {
    const definition = inBooks(offer, books);
    const found = before.find(({ code }) => code === offer.code);
    if (found?.published) {
      const parsed = parseDefinition(definition);
      const same = 'definition' in parsed && isSame(parsed.definition, found.published);
      must(same, () => otherOffers(merchant));
      continue;
    }
    await publish(app, ctx, { definition, id: found?.id, pointer: `/offers/${at}`, path });
  }
  app.till.offers.forget(ctx.org);
}

interface Drafted {
  readonly definition: unknown;
  /** Of the draft that an interrupted run left. */
  readonly id: string | undefined;
  readonly pointer: string;
  readonly path: string;
}

/** @throws Refused offers_file_broken for what only the books can tell */
async function publish(
  app: App,
  ctx: Ctx,
  { definition, id, pointer: at, path }: Drafted,
): Promise<void> {
  try {
    const draft = id ?? (await createOffer(app.offers, ctx, definition)).id;
    await publishOffer(app.offers, ctx, draft);
  } catch (error) {
    if (!(error instanceof Refused) || !error.refusal.errors) throw error;
    const faults = error.refusal.errors.map(({ pointer, detail }) => ({
      pointer: at + pointer,
      detail,
    }));
    throw new Refused(offersFileBroken(path, faults));
  }
}

type Written = OfferSetFile['templates'][number];

async function putTemplates(
  app: App,
  ctx: Ctx,
  merchant: string,
  templates: readonly Written[],
): Promise<void> {
  const before = await listTemplates(app.db, ctx, { limit: 500 });
  for (const {
    usable_from: usableFrom,
    quantity,
    per_member: perMember,
    ...written
  } of templates) {
    const limits = { quantity: quantity ?? null, perMember: perMember ?? null };
    const wanted = { ...written, usableFrom, ...limits };
    const found = before.find(({ code }) => code === wanted.code);
    if (!found) await app.db.transact([ctx.org], (tx) => createTemplate(tx, ctx, wanted));
    const { id: _, status: _s, createdAt: _c, updatedAt: _u, ...same } = found ?? {};
    must(!found || isSame(same, wanted), () => otherOffers(merchant));
  }
  app.coupons.templates.forget(ctx.org);
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
