import type { Database } from '#platform/db/transact';
import type { Decision } from './engine/decision.ts';
import type { OfferVersion } from './engine/offer.ts';
import { versionsNamed } from './versions-at.ts';

const KEPT_MAX = 2_000;

/** Of a decision: whose offer, and which version. */
export interface DecidedBy {
  readonly ownerOrg: number;
  readonly decision: Pick<Decision, 'offer' | 'version'>;
}

/**
 * Reads the versions that decided a sale, each once; kept in memory, for a version never changes.
 */
export function decidedVersions(db: Database) {
  const kept = new Map<string, OfferVersion>();
  return async (by: readonly DecidedBy[]): Promise<OfferVersion[]> => {
    const named = new Map(by.map((each) => [nameOf(each), each]));
    const unknown = [...named.values()].filter((each) => !kept.has(nameOf(each)));
    const owners = Map.groupBy(unknown, ({ ownerOrg }) => ownerOrg);
    const read = [...owners].map(([org, own]) =>
      db.read([org], (tx) =>
        versionsNamed(
          tx,
          org,
          own.map(({ decision }) => decision),
        ),
      ),
    );
    const found = new Map<string, OfferVersion>();
    for (const version of (await Promise.all(read)).flat())
      found.set(`${version.offer}/${version.version}`, version);
    if (kept.size + found.size > KEPT_MAX) kept.clear();
    for (const [name, version] of found) kept.set(name, version);
    return [...named].map(([name, { ownerOrg }]) => {
      const version = found.get(name) ?? kept.get(name);
      if (!version) throw new Error(`no version ${name} in the book of ${ownerOrg}`);
      return version;
    });
  };
}

function nameOf({ decision }: DecidedBy): string {
  return `${decision.offer}/${decision.version}`;
}
