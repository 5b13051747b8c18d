import { createOrg, createStore, orgSnapshots } from '#merchants';
import type { Ctx, Principal } from '#platform/context';
import { openVault } from '#platform/vault/field';
import { asOwner, type FreshDatabase, freshDatabase } from './database.ts';
import { createProgramme, enrolStore, type MembersRoom, openMembers } from '#members';

export const OPERATOR = 1;
export const LANTING = 10;
export const CORNER = 11;
export const BRAND = 20;

const NOW = new Date('2026-11-21T10:00:00+08:00');

export function ctxOf(org: number, extra: Partial<Principal> = {}): Ctx {
  const principal: Principal = {
    kind: 'staff',
    id: `s${org}`,
    name: 'Wang',
    org,
    scopes: new Set(),
    stores: 'all',
    ...extra,
  };
  return { org, principal, now: NOW, requestId: 'r1', locale: 'en' };
}

/** A town: an operator, two merchants with a store each, a brand; a programme of Lanting's, one of the brand's. */
export interface Stage {
  readonly db: FreshDatabase;
  readonly room: MembersRoom;
  readonly lanting: { readonly store: string; readonly programme: string };
  readonly corner: { readonly store: string };
  readonly brand: { readonly programme: string };
}

export async function openStage(): Promise<Stage> {
  const db = await freshDatabase();
  const system = ctxOf(OPERATOR, { kind: 'system', id: 'seed' });
  const orgs = [
    [OPERATOR, 'operator', 'operator'],
    [LANTING, 'lanting', 'merchant'],
    [CORNER, 'corner', 'merchant'],
    [BRAND, 'brand', 'brand'],
  ] as const;
  for (const [id, code, kind] of orgs) {
    await createOrg(db, system, { id, code, kind, name: { zh: code, en: code } });
  }
  const storeOf = async (org: number) =>
    (await createStore(db, ctxOf(org), { code: 'main', name: { zh: '总店', en: 'Main' } })).id;
  const programmeOf = async (org: number, code: string, pointValuePpm: number) => {
    const name = { zh: code, en: code };
    const created = await db.transact([org], (tx) =>
      createProgramme(tx, ctxOf(org), { code, name, pointValuePpm }),
    );
    return created.programmeId;
  };
  const room = openMembers(db, openVault(Buffer.alloc(32, 3)), orgSnapshots(db));
  const lanting = {
    store: await storeOf(LANTING),
    programme: await programmeOf(LANTING, 'tea', 800_000),
  };
  const corner = { store: await storeOf(CORNER) };
  const brand = { programme: await programmeOf(BRAND, 'club', 500_000) };
  await enrolStore(room, ctxOf(LANTING), {
    programmeId: lanting.programme,
    storeId: lanting.store,
  });
  return { db, room, lanting, corner, brand };
}

/** Tables in which some row holds one of the texts, in any column. */
export async function tablesHolding(url: string, texts: readonly string[]): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    url,
    `select format('%I.%I', n.nspname, c.relname) as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)'`,
  );
  const holding: string[] = [];
  for (const { name } of tables) {
    const rows = await asOwner(
      url,
      `select 1 from ${name} t where exists (
         select from unnest($1::text[]) u(needle) where strpos(t::text, needle) > 0) limit 1`,
      [texts],
    );
    if (rows.length > 0) holding.push(name);
  }
  return holding;
}
