import { must } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';
import { readListed } from './get-offer.ts';
import { offerVersionUnknown, offerWithoutDraft } from './refusals.ts';
import type { Definition } from './rule/definition.ts';

/** A definition with its version; null for the draft. */
export interface Written {
  readonly version: number | null;
  readonly definition: Definition;
}

/**
 * A definition of an offer: a version, the draft, or without either what is live, else the draft.
 * @throws Refused offer_unknown, offer_version_unknown, offer_without_draft
 */
export async function readVersion(
  tx: Tx,
  org: number,
  id: string,
  asked?: number | 'draft',
): Promise<Written> {
  const { code, published, liveVersion, draft } = await readListed(tx, org, id);
  if (asked === undefined && published !== null)
    return { version: liveVersion, definition: published };
  if (typeof asked !== 'number') {
    must(draft, () => offerWithoutDraft(code));
    return { version: null, definition: draft };
  }
  const [row] = await tx.query<{ definition: Definition }>(
    'select definition from offers.version where org_id = $1 and offer_id = $2 and version = $3',
    [org, id, asked],
  );
  must(row, () => offerVersionUnknown(code, asked));
  return { version: asked, definition: row.definition };
}
