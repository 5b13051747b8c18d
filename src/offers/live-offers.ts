import type { Database } from '#platform/db/transact';
import { type Snapshot, snapshots, type SnapshotSource } from '#platform/snapshot';
import { type DecidedBy, decidedVersions } from './decided-versions.ts';
import { compileOffers } from './engine/compile.ts';
import type { OfferSet, OfferVersion } from './engine/offer.ts';
import { type LiveVersions, versionsAt, versionsNow } from './versions-at.ts';

/** A programme that some store of a merchant serves, and the org whose book it stands in. */
export interface OwnedProgramme {
  readonly ownerOrg: number;
  readonly programmeId: string;
  /** fen per point, in ppm: what a point weighs where offers compete; 1 fen unless said. */
  readonly pointValuePpm?: number;
}

export type OwnersOf = (org: number) => Promise<readonly OwnedProgramme[]>;

/** From what a set was made, as plain JSON: kept with a sale, it makes the same set again. */
export interface SetRecipe {
  readonly org: number;
  /** Per owner of offers, the merchant first: up to which of its changes. */
  readonly owners: readonly { readonly org: number; readonly change: number }[];
  readonly programmes: readonly OwnedProgramme[];
}

/** All that may decide a sale of a merchant: its own live offers and those of its programmes' owners. */
export interface LiveSet {
  readonly set: OfferSet;
  readonly recipe: SetRecipe;
  /** `recipe` as JSON text. */
  readonly recipeText: string;
  /** What the set was made from: name them in a hot write, which finds out whether they still hold. */
  readonly snapshots: readonly Snapshot<unknown>[];
  /** The org whose offer it is. @throws RangeError for an offer outside the set */
  ownerOf(offerId: string): number;
}

export interface LiveOffers {
  /** The set of a merchant, from memory: the same promise until something was forgotten. */
  get(org: number): Promise<LiveSet>;
  /** Drops what is kept of a merchant and of the owners of its programmes. */
  forget(org: number): void;
  /** The set as it was when a sale was decided, with which `explain` says again what it said then. */
  at(recipe: SetRecipe): Promise<OfferSet>;
  /** The versions of that set, not compiled: to be tried with another one. */
  versions(recipe: SetRecipe): Promise<OfferVersion[]>;
  /** Only the versions of that set which decided something, each once. */
  decided(recipe: SetRecipe, by: readonly DecidedBy[]): Promise<OfferVersion[]>;
}

interface Kept {
  readonly live: Promise<LiveSet>;
  owners: readonly number[];
}

const KEPT_MAX = 2_000;

/**
 * Opens the live offers of all merchants.
 * @param ownersOf the programmes that a merchant's stores serve, its own among them
 * @param served the snapshots that `ownersOf` reads, if any: they join those of the set and are
 * forgotten with it, so a programme that is newly served counts from the next sale on
 */
export function openLiveOffers(
  db: Database,
  ownersOf: OwnersOf,
  served?: SnapshotSource<unknown>,
): LiveOffers {
  const lists = snapshots(db, 'offers', versionsNow);
  const kept = new Map<number, Kept>();
  const made = new Map<number, LiveSet>();
  const decided = decidedVersions(db);

  const read = async (org: number, entry: { owners: readonly number[] }): Promise<LiveSet> => {
    const before = await served?.get(org);
    const programmes = await ownersOf(org);
    entry.owners = ownersIn(org, programmes);
    const found = await Promise.all(entry.owners.map((owner) => lists.get(owner)));
    const used = before ? [...found, before] : found;
    const recipe = recipeOf(org, found, programmes);
    const recipeText = JSON.stringify(recipe);
    const last = made.get(org);
    const set =
      last?.recipeText === recipeText
        ? last.set
        : composed(
            found.map(({ value }) => value),
            recipe,
          );
    const live = liveSet(set, recipe, recipeText, used);
    if (made.size >= KEPT_MAX) made.clear();
    made.set(org, live);
    return live;
  };

  return {
    get(org) {
      const found = kept.get(org);
      if (found) return found.live;
      if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value as number);
      const entry = { owners: [org] as readonly number[] };
      const fresh: Kept = Object.assign(entry, { live: read(org, entry) });
      kept.set(org, fresh);
      fresh.live.catch(() => kept.get(org) === fresh && kept.delete(org));
      return fresh.live;
    },
    forget(org) {
      for (const owner of kept.get(org)?.owners ?? [org]) lists.forget(owner);
      served?.forget(org);
      kept.delete(org);
    },
    at: async (recipe) => composed(await livedIn(db, recipe), recipe),
    versions: async (recipe) => versionsIn(await livedIn(db, recipe), recipe),
    decided: async (recipe, by) =>
      (await decided(by)).map((version) => standing(version, version.owner ?? recipe.org, recipe)),
  };
}

function livedIn(db: Database, { owners }: SetRecipe): Promise<LiveVersions[]> {
  return Promise.all(
    owners.map(({ org, change }) => db.read([org], (tx) => versionsAt(tx, org, change))),
  );
}

/** The merchant first, then the owners of its programmes by number. */
function ownersIn(org: number, programmes: readonly OwnedProgramme[]): number[] {
  const owners = new Set(programmes.map(({ ownerOrg }) => ownerOrg));
  owners.delete(org);
  return [org, ...[...owners].toSorted((a, b) => a - b)];
}

function recipeOf(
  org: number,
  found: readonly Snapshot<LiveVersions>[],
  programmes: readonly OwnedProgramme[],
): SetRecipe {
  return {
    org,
    owners: found.map((list) => ({ org: list.org, change: list.value.change })),
    programmes: programmes
      .map(({ ownerOrg, programmeId, pointValuePpm }) => ({
        ownerOrg,
        programmeId,
        ...(pointValuePpm !== undefined && { pointValuePpm }),
      }))
      .toSorted((a, b) => (a.programmeId < b.programmeId ? -1 : 1)),
  };
}

/** @param lists parallel to the recipe's owners */
function composed(lists: readonly LiveVersions[], recipe: SetRecipe): OfferSet {
  return compileOffers(versionsIn(lists, recipe), recipe.owners[0]!.change);
}

function versionsIn(lists: readonly LiveVersions[], recipe: SetRecipe): OfferVersion[] {
  return lists.flatMap(({ versions }, index) => {
    const owner = recipe.owners[index]!.org;
    return versions.map((version) => standing(version, owner, recipe));
  });
}

/** A version as it stands in a set: what its owner may give, and to whom. */
export function standing(version: OfferVersion, owner: number, recipe: SetRecipe): OfferVersion {
  const programmes = recipe.programmes.filter(({ ownerOrg }) => ownerOrg === owner);
  const value = valueIn(programmes);
  return {
    ...limited(
      version,
      owner === recipe.org,
      programmes.map(({ programmeId }) => programmeId),
    ),
    ...(value !== undefined && { pointValuePpm: value }),
  };
}

/** What a point is worth if it is worth the same in all of them. */
function valueIn([first, ...others]: readonly OwnedProgramme[]): number | undefined {
  const value = first?.pointValuePpm;
  return others.every(({ pointValuePpm }) => pointValuePpm === value) ? value : undefined;
}

/**
 * A merchant's own offers are for all, but points are minted by a programme's owner; the offers of
 * another owner are for the members of its programmes alone, and give no money of the merchant away.
 */
function limited(version: OfferVersion, own: boolean, programmes: readonly string[]): OfferVersion {
  return own
    ? { ...version, pointsProgrammes: programmes }
    : { ...version, programmes, guest: true };
}

function liveSet(
  set: OfferSet,
  recipe: SetRecipe,
  recipeText: string,
  used: readonly Snapshot<unknown>[],
): LiveSet {
  const owners = new Map(set.offers.map(({ id, owner }) => [id, owner]));
  return {
    set,
    recipe,
    recipeText,
    snapshots: used,
    ownerOf(offerId) {
      const owner = owners.get(offerId);
      if (owner === undefined) throw new RangeError(`no live offer ${offerId}`);
      return owner;
    },
  };
}
