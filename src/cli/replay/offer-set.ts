import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refused } from '#kernel/refusal';

const DEFAULT = fileURLToPath(new URL('../../../sim/offers/replay-default.json', import.meta.url));

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const money = z.int().min(1).max(100_000_000_000);

const budget = z.strictObject({
  code: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/),
  name: text,
  total: money,
  chunk: money.optional(),
});

const written = z.looseObject({ code: z.string() });

const set = z.strictObject({
  budgets: z.array(budget).max(20).default([]),
  offers: z.array(written).max(500),
});

/** The offers of a replay as written, and the budgets that they draw on by code. */
export type OfferSetFile = z.infer<typeof set>;

/**
 * Reads a set of offers; the offers themselves are checked when they are created.
 * @param path a JSON file: a list of offers, or `{ budgets, offers }`; the default set if left out
 * @throws Refused offers_file_broken
 */
export async function readOfferSet(path: string = DEFAULT): Promise<OfferSetFile> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Refused(broken(path, (error as Error).message));
  }
  const parsed = set.safeParse(Array.isArray(content) ? { offers: content } : content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Refused(broken(path, `/${first?.path.join('/') ?? ''}: ${first?.message ?? ''}`));
}

/** The offer with its budgets' codes replaced by what stands in the books. */
export function withBudgets(
  offer: OfferSetFile['offers'][number],
  funderOrg: number,
  budgets: ReadonlyMap<string, string>,
): unknown {
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, part]) => [key, filled(part)] as const);
    const made = Object.fromEntries(entries) as Record<string, unknown>;
    const id = made['party'] === 'funder' ? budgets.get(String(made['budget'])) : undefined;
    return id === undefined ? made : { ...made, funder_org: funderOrg, budget: id };
  };
  return filled(offer);
}

function broken(path: string, why: string) {
  return {
    code: 'offers_file_broken',
    status: 422,
    detail: { zh: `无法读取优惠文件 ${path}: ${why}`, en: `The offers file ${path}: ${why}` },
    fix: {
      zh: '请参照 sim/offers/replay-default.json 修改。',
      en: 'Compare it with sim/offers/replay-default.json.',
    },
  };
}
