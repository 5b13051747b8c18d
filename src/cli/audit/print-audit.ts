import type { Locale } from '#kernel/refusal';
import type { AuditResult } from './run-audit.ts';

/** By number, then the rooms' own as they come. */
export function inOrder<T extends { readonly id: string }>(invariants: readonly T[]): T[] {
  const place = ({ id }: T) => Number(/^I(\d+)$/.exec(id)?.[1] ?? Infinity);
  return invariants.toSorted((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

/**
 * The results as a table for people, with the rows that break an invariant below it.
 * @param leftOut ids of what holds over all books only, where not all were proved.
 */
export function auditTable(
  results: readonly AuditResult[],
  locale: Locale,
  leftOut: readonly string[] = [],
): string {
  const wide = Math.max(...results.map(({ id }) => id.length));
  const lines = results.map(
    ({ id, says, ok, ms }) =>
      `${ok ? '  ok  ' : ' FAIL '} ${id.padEnd(wide)} ${String(ms).padStart(6)} ms  ${says[locale]}`,
  );
  for (const { id, breaches } of results) {
    for (const row of breaches) lines.push(`${id}: ${JSON.stringify(row, plain)}`);
  }
  if (leftOut.length > 0) lines.push(leftOutLine(leftOut)[locale]);
  lines.push(endLine(results)[locale]);
  return lines.join('\n');
}

function leftOutLine(ids: readonly string[]): Record<Locale, string> {
  return {
    zh: `未检查 ${ids.join('、')}：须合并全部账簿才成立，请不带 --org 运行。`,
    en: `Left out: ${ids.join(', ')}. They hold over all books together; run it without --org.`,
  };
}

function endLine(results: readonly AuditResult[]): Record<Locale, string> {
  const all = results.length;
  const broken = results.filter(({ ok }) => !ok).length;
  const ms = results.reduce((sum, each) => sum + each.ms, 0);
  return broken === 0
    ? { zh: `${all} 项全部成立（${ms} ms）。`, en: `All ${all} hold (${ms} ms).` }
    : {
        zh: `${all} 项中有 ${broken} 项不成立（${ms} ms）。`,
        en: `${broken} of ${all} are broken (${ms} ms).`,
      };
}

/** One JSON object. */
export function auditJson(
  results: readonly AuditResult[],
  leftOut: readonly string[] = [],
): string {
  const ok = results.every((result) => result.ok);
  const invariants = results.map(({ says, ...rest }) => ({ ...rest, says: says.en }));
  return JSON.stringify({ ok, invariants, left_out: leftOut }, plain);
}

/** Account ids are beyond what JSON numbers hold exactly. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** 0 if all hold, else 1. */
export function auditExitCode(results: readonly AuditResult[]): 0 | 1 {
  return results.every(({ ok }) => ok) ? 0 : 1;
}
