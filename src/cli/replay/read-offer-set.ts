import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type FieldFault, must, Refused } from '#kernel/refusal';
import { faultsOf } from '#platform/http/faults';
import { findSetFaults } from './find-set-faults.ts';
import { offerSet, type OfferSetFile } from './offer-set.ts';
import { offersFileBroken } from './refusals.ts';

/** What is replayed with unless another file is given. */
export const DEFAULT_OFFERS = fileURLToPath(
  new URL('../../../sim/offers/replay-default.json', import.meta.url),
);

/**
 * Reads a set of offers and checks it as far as the file alone allows.
 * @param path a JSON file: a list of offers, or `{ funders, budgets, templates, stores, offers }`
 * @throws Refused offers_file_broken, a JSON pointer into the file with every fault
 */
export async function readOfferSet(path: string): Promise<OfferSetFile> {
  const read = await contentOf(path);
  const listed = Array.isArray(read);
  const content = listed ? { offers: read } : read;
  const parsed = offerSet.safeParse(content);
  const faults = parsed.success
    ? findSetFaults(parsed.data)
    : faultsOf(parsed.error, offerSet, content, '');
  must(faults.length === 0 && parsed.success, () =>
    offersFileBroken(path, listed ? faults.map(inList) : faults),
  );
  return parsed.data;
}

async function contentOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const why = (error as Error).message;
    throw new Refused(offersFileBroken(path, [{ pointer: '', detail: { zh: why, en: why } }]));
  }
}

/** A file that is a list has its offers at the top. */
function inList({ pointer, detail }: FieldFault): FieldFault {
  return { pointer: pointer.replace(/^\/offers(?=\/|$)/, ''), detail };
}
