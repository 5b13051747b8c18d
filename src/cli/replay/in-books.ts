/** What the codes of an offers file stand for in the books. */
export interface Books {
  /** Org of a funder. */
  readonly funders: ReadonlyMap<string, number>;
  readonly budgets: ReadonlyMap<string, { readonly id: string; readonly funderOrg: number }>;
  /** Id of a store. */
  readonly stores: ReadonlyMap<string, string>;
}

/** An offer with the codes of funders, budgets and stores replaced by what stands in the books. */
export function inBooks(offer: unknown, books: Books): unknown {
  if (Array.isArray(offer)) return offer.map((each) => inBooks(each, books));
  if (typeof offer !== 'object' || offer === null) return offer;
  const made = Object.fromEntries(
    Object.entries(offer).map(([key, part]): [string, unknown] =>
      key === 'stores' && Array.isArray(part)
        ? [key, part.map((code) => books.stores.get(String(code)) ?? code)]
        : [key, inBooks(part, books)],
    ),
  ) as Record<string, unknown>;
  return made['party'] === 'funder' ? payerIn(made, books) : made;
}

function payerIn(payer: Record<string, unknown>, { funders, budgets }: Books): unknown {
  const { funder, ...rest } = payer;
  const budget = budgets.get(String(payer['budget']));
  const org = budget?.funderOrg ?? funders.get(String(funder));
  return {
    ...(org === undefined ? payer : rest),
    ...(org !== undefined && { funder_org: org }),
    ...(budget && { budget: budget.id }),
  };
}
