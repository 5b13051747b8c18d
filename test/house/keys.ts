import { migrations, tables, type Table } from './migrations.ts';
import type { Tree } from './tree.ts';

const COLUMNS = /\(\s*("?\w+"?)/;

function firstIsOrg(columns: string): boolean {
  return COLUMNS.exec(columns)?.[1]?.toLowerCase() === 'org_id';
}

function isReference({ name }: Table, tree: Tree): boolean {
  const note = `comment on table ${name} is 'reference`;
  return [...tree].some(([path, text]) => /^db\/.*\.sql$/.test(path) && text.includes(note));
}

/** A table of an org: it has org_id, and is not a reference that all orgs share. */
function orgTablesOf(tree: Tree): readonly Table[] {
  return tables(tree).filter((table) => hasOrg(table) && !isReference(table, tree));
}

function hasOrg(table: Table): boolean {
  return table.clauses.some((clause) => /^org_id\s/i.test(clause));
}

function clauseFaults(table: Table, clause: string, orgTables: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const inline = !/^(constraint\b|primary key|unique|foreign key|check|exclude|like)/i.test(clause);
  const own = inline ? `(${clause.split(/\s/)[0]})` : clause.replace(/^constraint\s+\w+\s+/i, '');
  for (const word of ['primary key', 'unique'] as const) {
    const at = own.search(new RegExp(`^${word}\\b`, 'i'));
    const here = inline ? new RegExp(`\\b${word}\\b`, 'i').test(clause) : at === 0;
    if (here && !firstIsOrg(own)) faults.push(`${table.name}: ${word} does not start with org_id`);
  }
  const target = /\breferences\s+(\w+\.\w+)\s*(\([^)]*\))?/i.exec(clause);
  if (target !== null && orgTables.has((target[1] ?? '').toLowerCase())) {
    const whole = firstIsOrg(own) && firstIsOrg(target[2] ?? '(org_id)');
    if (!whole)
      faults.push(`${table.name}: the reference to ${target[1]} does not start with org_id`);
  }
  return faults;
}

/** A table without org_id says in its comment that it is a reference for all orgs. */
export function referenceFaults(tree: Tree): readonly string[] {
  return tables(tree)
    .filter((table) => !hasOrg(table) && !isReference(table, tree))
    .map(({ name }) => `${name} has no org_id and no comment 'reference'`);
}

/** Every key and reference of an org's table starts with org_id; no triggers, no sequences. */
export function keyFaults(tree: Tree): readonly string[] {
  const all = orgTablesOf(tree);
  const orgTables = new Set(all.map((table) => table.name));
  const faults = all.flatMap((table) => {
    const clauses = table.clauses.flatMap((clause) => clauseFaults(table, clause, orgTables));
    const keyed = table.clauses.some((clause) => /\bprimary key\b/i.test(clause));
    return keyed ? clauses : [...clauses, `${table.name} has no primary key`];
  });
  for (const [file, sql] of migrations(tree)) {
    for (const match of sql.matchAll(
      /\bcreate\s+unique\s+index[\s\S]*?\bon\s+(?:only\s+)?(\w+\.\w+)\s*(\([^;]*)/gi,
    )) {
      const name = (match[1] ?? '').toLowerCase();
      if (orgTables.has(name) && !firstIsOrg(match[2] ?? '')) {
        faults.push(`${name}: a unique index does not start with org_id`);
      }
    }
    const banned =
      /\bcreate\s+(?:constraint\s+)?(?:trigger|sequence)\b|\b(?:big)?serial\b|\bas\s+identity\b/i;
    const found = banned.exec(sql)?.[0];
    if (found !== undefined)
      faults.push(`${file}: "${found}"; rows are numbered and checked by the product`);
  }
  return faults;
}

/** One row per key of an org's table whose first column is not org_id, read from the catalogue. */
export const catalogueQuery = `
with org_table as (
  select c.oid, n.nspname || '.' || c.relname as name, a.attnum as org
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
  where c.relkind in ('r', 'p')
    and coalesce(obj_description(c.oid, 'pg_class'), '') not like 'reference%'
    and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss') and n.nspname not like 'pg_%'
)
select t.name, i.indexrelid::regclass::text as key, 'key' as kind
from org_table t join pg_index i on i.indrelid = t.oid
where i.indisunique and i.indkey[0] <> t.org
union all
select t.name, k.conname, 'reference'
from org_table t
join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
join org_table o on o.oid = k.confrelid
where k.conkey[1] <> t.org or k.confkey[1] <> o.org
union all
select t.name, t.name, 'no primary key'
from org_table t
where not exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary)
union all
select t.name, g.tgname, 'trigger'
from org_table t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
order by 1, 2`;

export interface KeyRow {
  readonly name: string;
  readonly key: string;
  readonly kind: string;
}

/** Fails with a line per row that `catalogueQuery` found. */
export function assertNoKeyRows(rows: readonly KeyRow[]): void {
  if (rows.length === 0) return;
  const lines = rows.map((row) => `${row.name}: ${row.kind} ${row.key}`);
  throw new Error(`keys of an org start with org_id:\n${lines.join('\n')}`);
}
