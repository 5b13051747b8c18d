import { heightOf, ownerOf } from '../../rooms.ts';
import { withoutComments } from './graph.ts';
import { tables, views } from './migrations.ts';
import { select, type Tree } from './tree.ts';

const WRITE =
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from(?:\s+only)?|merge\s+into|truncate(?:\s+table)?|copy)\s+(\w+\.\w+)/gi;
const READ = /\b(?:from|join|using)\s+(?:only\s+)?(\w+\.\w+)/gi;
const APP = new Set(['cli']);

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function named(text: string, form: RegExp): readonly string[] {
  return [...text.matchAll(form)].map((match) => (match[1] ?? '').toLowerCase());
}

function mayRead(room: string, owner: string, table: string): boolean {
  if (room === owner || APP.has(room)) return true;
  const lower = (heightOf(owner) ?? Infinity) < (heightOf(room) ?? -1);
  return lower && (table.split('.')[1] ?? '').startsWith('v_');
}

/** A room writes only its own tables and reads of others only the views `v_*` of rooms nearer the ground. */
export function ownershipFaults(tree: Tree): readonly string[] {
  const known = new Set([...tables(tree).map((table) => table.name), ...views(tree)]);
  // The list of applied migrations exists before the first of them.
  known.add('platform.migration');
  return select(tree, /^src\/[^/]+\/.*(?<!\.test)\.ts$/).flatMap(([path, source]) => {
    const text = withoutComments(source);
    const room = roomOf(path);
    const faults: string[] = [];
    const writes = new Set(named(text, WRITE));
    const reads = new Set(named(text, READ).filter((name) => !writes.has(name)));
    for (const name of [...writes, ...reads]) {
      const owner = ownerOf(name.split('.')[0] ?? '');
      if (owner === undefined) continue;
      if (!known.has(name)) faults.push(`${path}: ${name} is in no migration`);
      else if (writes.has(name) && owner.name !== room) faults.push(`${path} writes ${name}`);
      else if (reads.has(name) && !mayRead(room, owner.name, name))
        faults.push(`${path} reads ${name}`);
    }
    return faults;
  });
}

/** Every schema belongs to a room, and foreign keys point to the same room or one nearer the ground. */
export function migrationFaults(tree: Tree): readonly string[] {
  return tables(tree).flatMap((table) => {
    const owner = ownerOf(table.name.split('.')[0] ?? '');
    if (owner === undefined) return [`${table.file}: ${table.name} belongs to no room of rooms.ts`];
    return table.clauses.flatMap((clause) => {
      const target = /\breferences\s+(\w+)\.\w+/i.exec(clause)?.[1]?.toLowerCase();
      if (target === undefined) return [];
      const other = ownerOf(target);
      const down = (heightOf(other?.name ?? '') ?? Infinity) < (heightOf(owner.name) ?? -1);
      return other === owner || down ? [] : [`${table.name} refers up or beside to ${target}`];
    });
  });
}
