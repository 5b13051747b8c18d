import { int8s, texts } from '#platform/db/arrays';
import { gathered } from '#platform/db/gather-reads';
import type { Database } from '#platform/db/transact';
import { type Snapshot, snapshots } from '#platform/snapshot';
import type { Product } from './core.ts';
import { productOfRow, type ProductRow } from './product-rows.ts';

/** Products of one org read since its version was; null for an SKU that is none. */
type Shelf = Map<string, Product | null>;

/** Prices for the till, from memory. */
export interface PriceBook {
  /**
   * The products of these SKUs, withdrawn ones too; unknown SKUs are left out. All were read at or after
   * the snapshot's version, so while the database still holds that version they are its products exactly.
   */
  get(
    org: number,
    skus: readonly string[],
  ): Promise<{
    readonly snapshot: Snapshot<unknown>;
    readonly products: ReadonlyMap<string, Product>;
  }>;
  /** Drops an org's products: its version is outdated. */
  forget(org: number): void;
}

const PRODUCTS_MAX = 200_000;
const READ_MAX = 4_096;

/**
 * Opens the price book; one per process. The record compares the version, kind 'catalog', inside the
 * batch: see `stillCurrent`.
 * @param productsMax kept in all; the orgs not asked for longest go first.
 */
export function priceBook(db: Database, productsMax = PRODUCTS_MAX): PriceBook {
  const source = snapshots<Shelf>(db, 'catalog', async () => new Map());
  const load = gathered(
    (keys: readonly Wanted[]) => readProducts(db, keys),
    (key) => nameOf(key.org, key.sku),
    READ_MAX,
  );
  const memory = boundedShelves(productsMax, (org) => source.forget(org));
  return {
    async get(org, skus) {
      const snapshot = await source.get(org);
      const shelf = snapshot.value;
      memory.touch(org, shelf);
      const missing = new Set(skus.filter((sku) => !shelf.has(sku)));
      const products = new Map<string, Product>();
      for (const sku of skus) {
        const product = shelf.get(sku);
        if (product) products.set(sku, product);
      }
      if (missing.size === 0) return { snapshot, products };
      const read = await Promise.all([...missing].map((sku) => load({ org, sku })));
      const found = [...missing].map((sku, index) => [sku, read[index] ?? null] as const);
      for (const [sku, product] of found) if (product) products.set(sku, product);
      memory.keep(org, shelf, found);
      return { snapshot, products };
    },
    forget: (org) => source.forget(org),
  };
}

interface Wanted {
  readonly org: number;
  readonly sku: string;
}

function nameOf(org: number, sku: string): string {
  return `${org}/${sku}`;
}

async function readProducts(db: Database, keys: readonly Wanted[]): Promise<Map<string, Product>> {
  const orgs = keys.map(({ org }) => org);
  const rows = await db.read([...new Set(orgs)], (tx) =>
    tx.query<ProductRow & { org_id: number }>(
      `select p.org_id, p.sku, p.name_zh, p.name_en, p.category, p.brand, p.price, p.status
         from unnest($1::bigint[], $2::text[]) u(org, sku)
         join catalog.product p on p.org_id = u.org and p.sku = u.sku`,
      [int8s(orgs), texts(keys.map(({ sku }) => sku))],
    ),
  );
  return new Map(rows.map((row) => [nameOf(row.org_id, row.sku), productOfRow(row)]));
}

/** Counts what the shelves hold, and drops those not asked for longest when it is too much. */
function boundedShelves(max: number, drop: (org: number) => void) {
  const byAge = new Map<number, { readonly shelf: Shelf; counted: number }>();
  let total = 0;
  const leave = (org: number) => {
    total -= byAge.get(org)?.counted ?? 0;
    byAge.delete(org);
  };
  return {
    touch(org: number, shelf: Shelf): void {
      const held = byAge.get(org);
      if (held?.shelf !== shelf) leave(org);
      else byAge.delete(org);
      byAge.set(org, held?.shelf === shelf ? held : { shelf, counted: 0 });
    },
    keep(org: number, shelf: Shelf, found: readonly (readonly [string, Product | null])[]): void {
      const held = byAge.get(org);
      // Another version's shelf stands there by now.
      if (held?.shelf !== shelf) return;
      for (const [sku, product] of found) shelf.set(sku, product);
      total += shelf.size - held.counted;
      held.counted = shelf.size;
      for (const oldest of byAge.keys()) {
        if (total <= max) break;
        leave(oldest);
        drop(oldest);
      }
    },
  };
}
