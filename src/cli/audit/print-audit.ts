import type { Locale } from '#kernel/refusal';
import type { AuditResult } from './run-audit.ts';

/** The results as a table for people, with the rows that break an invariant below it. */
export function auditTable(results: readonly AuditResult[], locale: Locale): string {
  const lines = results.map(
    ({ id, says, ok, ms }) =>
      `${ok ? '  ok  ' : ' FAIL '} ${id.padEnd(4)} ${String(ms).padStart(6)} ms  ${says[locale]}`,
  );
  for (const { id, breaches } of results) {
    for (const row of breaches) lines.push(`${id}: ${JSON.stringify(row, plain)}`);
  }
  const broken = results.filter(({ ok }) => !ok).length;
  const total = results.reduce((sum, { ms }) => sum + ms, 0);
  lines.push(
    broken === 0
      ? `All ${results.length} hold (${total} ms).`
      : `${broken} of ${results.length} are broken (${total} ms).`,
  );
  return lines.join('\n');
}

/** One JSON object. */
export function auditJson(results: readonly AuditResult[]): string {
  const ok = results.every((result) => result.ok);
  return JSON.stringify(
    { ok, invariants: results.map(({ says, ...rest }) => ({ ...rest, says: says.en })) },
    plain,
  );
}

/** Account ids are beyond what JSON numbers hold exactly. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** 0 if all hold, else 1. */
export function auditExitCode(results: readonly AuditResult[]): 0 | 1 {
  return results.every(({ ok }) => ok) ? 0 : 1;
}
